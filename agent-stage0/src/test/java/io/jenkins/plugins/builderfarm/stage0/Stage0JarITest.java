package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The packaged jar, as a file. */
final class Stage0JarITest {
    private static final long SIX_MEGABYTES = 6_000_000;

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
        try (JarFile jar = new JarFile(TestMachine.JAR.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.startsWith("io/jenkins/plugins/builderfarm/bucket/"))
                    .anyMatch(name -> name.equals("com/google/api/services/storage/Storage.class"));
        }
    }
}
