package io.jenkins.plugins.builderfarm.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/developer/lessons.md names is there, and every complaint has one. */
final class LessonsDocTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOC = ROOT.resolve("docs/developer/lessons.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern HEAD_OR_RULE = Pattern.compile("\\| (complaint|---) \\|.*");

    @Test
    void shouldNameATestForEveryComplaint() throws IOException {
        List<String> rows = Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !HEAD_OR_RULE.matcher(line).matches())
                .toList();

        assertThat(rows).hasSizeGreaterThan(20).allMatch(row -> TEST.matcher(row)
                .find());
    }

    @Test
    void shouldNameTestsThatAreThere() throws IOException {
        List<Path> sources = testSources();
        Matcher test = TEST.matcher(Files.readString(DOC));
        List<String> missing = new ArrayList<>();
        while (test.find()) {
            if (sources.stream().noneMatch(source -> has(source, test.group(1), test.group(2)))) {
                missing.add(test.group());
            }
        }

        assertThat(missing).isEmpty();
    }

    private static boolean has(Path source, String type, String method) {
        try {
            return source.getFileName().toString().equals(type + ".java")
                    && Files.readString(source).contains("void " + method + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith("Test.java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
