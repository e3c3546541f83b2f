package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged jar, as a file. */
final class Stage0JarITest {
    private static final long SIX_MEGABYTES = 6_000_000;
    private static final String OWN = "io/jenkins/plugins/builderfarm/";
    /** In the extra field of an entry: a time that is converted by the building machine's time zone. */
    private static final String UNIX_TIME = "5554";

    static String version() throws IOException {
        try (JarFile jar = new JarFile(TestMachine.JAR.toFile())) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }

    @Test
    void shouldBeSmall() throws IOException {
        assertThat(Files.size(TestMachine.JAR)).isLessThan(SIX_MEGABYTES);
    }

    @Test
    void shouldNameItsVersion() throws IOException {
        assertThat(version()).matches("\\d+\\.\\d+.*");
    }

    @Test
    void shouldNotCarryTheTestsBucket() throws IOException {
        assertThat(entries(TestMachine.JAR))
                .extracting(JarEntry::getName)
                .noneMatch(name -> name.startsWith("io/jenkins/plugins/builderfarm/bucket/"))
                .anyMatch(name -> name.equals("com/google/api/services/storage/Storage.class"));
    }

    @Test
    void shouldNotTellWhoBuiltItWhereOrWhen() throws IOException {
        Map<String, String> manifest = new TreeMap<>();
        try (JarFile jar = new JarFile(TestMachine.JAR.toFile())) {
            jar.getManifest()
                    .getMainAttributes()
                    .forEach((name, value) -> manifest.put(name.toString(), value.toString()));
            assertThat(jar.getManifest().getEntries()).isEmpty();
        }
        assertThat(manifest.remove("Created-By")).matches("Maven JAR Plugin [\\d.]+");
        assertThat(manifest)
                .containsOnly(
                        entry("Manifest-Version", "1.0"),
                        entry("Build-Jdk-Spec", System.getProperty("java.specification.version")),
                        entry("Main-Class", Main.class.getName()),
                        entry("Implementation-Version", version()));
        LocalDateTime time = OffsetDateTime.parse(System.getProperty("project.build.outputTimestamp"))
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
        assertThat(entries(TestMachine.JAR))
                .filteredOn(
                        each -> each.getName().startsWith(OWN) || each.getName().startsWith("META-INF/MANIFEST"))
                .hasSizeGreaterThan(100)
                .allSatisfy(each ->
                        assertThat(each.getTimeLocal()).as(each.getName()).isEqualTo(time));
    }

    @Test
    void shouldHaveEachNameOnceAndItsOwnInOrder() throws IOException {
        List<String> names =
                entries(TestMachine.JAR).stream().map(JarEntry::getName).toList();
        assertThat(names).doesNotHaveDuplicates().startsWith(JarFile.MANIFEST_NAME);
        // Those of another module follow: they come in a jar, as the libraries do.
        assertThat(names).filteredOn(name -> name.startsWith(OWN + "stage0/")).isSorted();
    }

    /** Libraries' classes come as they are in their jars, which never change: in their order, and with their times. */
    @Test
    void shouldTakeTimesAndOrderOfItsLibrariesAsTheyAre() throws IOException {
        Map<String, JarEntry> packaged = new LinkedHashMap<>();
        entries(TestMachine.JAR).forEach(each -> packaged.put(each.getName(), each));
        List<String> names = List.copyOf(packaged.keySet());
        int libraries = 0;
        for (Path library : libraries()) {
            List<JarEntry> all = entries(library);
            if (all.stream().anyMatch(each -> each.getName().startsWith(OWN))) {
                // Another module's, which may carry copies of libraries itself.
                continue;
            }
            List<JarEntry> classes = all.stream()
                    .filter(each -> each.getName().endsWith(".class") && packaged.containsKey(each.getName()))
                    .toList();
            libraries += classes.isEmpty() ? 0 : 1;
            assertThat(classes)
                    .as("order of " + library)
                    .isSortedAccordingTo((one, other) ->
                            Integer.compare(names.indexOf(one.getName()), names.indexOf(other.getName())));
            for (JarEntry each : classes) {
                assertThat(packaged.get(each.getName()).getTimeLocal())
                        .as(library + " " + each.getName())
                        .isEqualTo(each.getTimeLocal());
                byte[] extra = each.getExtra();
                assertThat(extra == null ? "" : HexFormat.of().formatHex(extra))
                        .as(library + " " + each.getName())
                        .doesNotStartWith(UNIX_TIME);
            }
        }
        assertThat(libraries).isGreaterThan(5);
    }

    private static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar") && !path.equals(TestMachine.JAR))
                .toList();
    }

    private static List<JarEntry> entries(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return Collections.list(jar.entries());
        }
    }
}
