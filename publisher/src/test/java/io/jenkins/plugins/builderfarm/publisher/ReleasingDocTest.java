package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of docs/user/releasing-buildlets.md, from the first to the last, on one bucket. */
@Timeout(120)
final class ReleasingDocTest {
    private static final Path DOC = Path.of("..", "docs", "user", "releasing-buildlets.md");
    private static final Pattern COMMAND = Pattern.compile("(?:java -jar publisher\\.jar|publisher) ([a-z].*)");

    @TempDir
    private Path directory;

    private Desk desk;
    private String releaseKey;
    private final Set<Command> tried = EnumSet.noneOf(Command.class);

    @Test
    void shouldShowCommandsThatWork() throws Exception {
        try (Desk opened = new Desk(directory)) {
            desk = opened;
            for (String command : commands()) {
                run(command);
            }
        }
        assertThat(tried).isEqualTo(EnumSet.allOf(Command.class));
    }

    private void run(String line) throws Exception {
        List<String> args = new ArrayList<>();
        for (String word : line.split(" +")) {
            args.add(replace(word));
        }
        Command command = Command.named(args.get(0)).orElseThrow(() -> new AssertionError("no command: " + line));
        tried.add(command);
        if (command == Command.NEW_KEY) {
            Ran ran = Ran.inside(Map.of(), args);
            assertThat(ran.code()).as(line).isZero();
            releaseKey = ReleaseKey.parse(ran.out()).toString();
            return;
        }
        boolean keyGiven = line.contains("--signing-key-file") || line.contains("--release-key");
        Path newest = directory.resolve("new.key");
        String environment =
                keyGiven ? "" : Files.readString(Files.exists(newest) ? newest : directory.resolve("signing.key"));
        Ran ran = desk.runWith(environment, args.toArray(String[]::new));
        assertThat(ran.err()).as(line).isEmpty();
        assertThat(ran.code()).as(line).isZero();
        if (command == Command.INIT) {
            makeHistory();
        }
    }

    /** The page tells of a farm that is at 1.3, after 1.2, and has 1.4 before it. */
    private void makeHistory() throws Exception {
        String key = Files.readString(directory.resolve("signing.key"));
        for (String version : List.of("1.2", "1.3")) {
            assertThat(desk.runWith(key, "publish", "--jar", desk.jar(version), "--channel", "stable")
                            .code())
                    .isZero();
        }
    }

    private String replace(String word) throws IOException {
        return switch (word) {
            case "gs://BUCKET/PREFIX" -> "gs://farm/prod";
            case "buildlet.jar" -> desk.jar(tried.contains(Command.INIT) ? "1.4" : "1.1");
            case "stage0.jar" ->
                Jars.jar(
                                directory.resolve(word),
                                "1.0",
                                "io/jenkins/plugins/builderfarm/stage0/Main.class",
                                Jars.classFor(17))
                        .toString();
            case "buildlet/target/buildlet.jar" -> desk.jar("1.5");
            case "signing.key", "old.key" -> directory.resolve("signing.key").toString();
            case "new.key" -> newKey().toString();
            case "ed25519:…", "OLD_RELEASE_KEY" -> releaseKey;
            default -> word;
        };
    }

    private Path newKey() {
        Path file = directory.resolve("new.key");
        if (!Files.exists(file)) {
            assertThat(Ran.inside(Map.of(), List.of("new-key", "--out", file.toString()))
                            .code())
                    .isZero();
        }
        return file;
    }

    /** In indented and fenced blocks, and whole ones within a sentence; {@code --bucket} is the desk's to add. */
    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        String text = Files.readString(DOC).replace("\r\n", "\n").replaceAll("\\\\\n *", "");
        Matcher code = Pattern.compile(
                        "(?m)^(?:    )?((?:java -jar publisher\\.jar|publisher) [a-z][^#\n]*)|`(publisher [a-z][^`]*)`")
                .matcher(text);
        while (code.find()) {
            Matcher command = COMMAND.matcher((code.group(1) == null ? code.group(2) : code.group(1)).strip());
            if (command.matches() && !command.group(1).contains("--serial N")) {
                commands.add(command.group(1).replaceFirst("--bucket gs://BUCKET/PREFIX ?", ""));
            }
        }
        assertThat(commands).hasSizeGreaterThan(20);
        return commands;
    }
}
