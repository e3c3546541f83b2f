package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildletJarTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatTheJarSaysOfItself() throws Exception {
        Path file = Jars.jar(directory.resolve("b.jar"), "1.4", Jars.MAIN, Jars.classFor(21));
        Release release = BuildletJar.read(file).release(Optional.empty(), 21, Ran.NOW);
        assertThat(release.version()).isEqualTo(new Version("1.4"));
        assertThat(release.minimumJava()).isEqualTo(21);
        assertThat(release.size()).isEqualTo(Files.size(file));
        assertThat(release.sha256()).isEqualTo(Sha256.of(file));
        assertThat(release.created()).isEqualTo(Ran.NOW);
        assertThat(BuildletJar.read(file).compiledFor()).isEqualTo(21);
    }

    @Test
    void shouldNotPublishAVersionThatTheJarWouldNotReport() throws Exception {
        BuildletJar jar = BuildletJar.read(Jars.buildlet(directory, "1.4"));
        assertThat(jar.release(Optional.of(new Version("1.4")), 17, Ran.NOW).version())
                .hasToString("1.4");
        assertThatThrownBy(() -> jar.release(Optional.of(new Version("1.5")), 17, Ran.NOW))
                .hasMessageEndingWith("is version 1.4 by its own manifest, and would report that, not 1.5");
    }

    @Test
    void shouldAskForAVersionThatTheJarDoesNotSay() throws Exception {
        BuildletJar jar = BuildletJar.read(Jars.jar(directory.resolve("b.jar"), null, Jars.MAIN, Jars.classFor(17)));
        assertThat(jar.release(Optional.of(new Version("1.5")), 17, Ran.NOW).version())
                .hasToString("1.5");
        assertThatThrownBy(() -> jar.release(Optional.empty(), 17, Ran.NOW))
                .hasMessageContaining("has no Implementation-Version; give --release-version");
    }

    @Test
    void shouldNotPromiseAnOlderJavaThanTheClassesNeed() throws Exception {
        BuildletJar jar = BuildletJar.read(Jars.buildlet(directory, "1.4"));
        assertThat(jar.release(Optional.empty(), 21, Ran.NOW).minimumJava()).isEqualTo(21);
        assertThatThrownBy(() -> jar.release(Optional.empty(), 11, Ran.NOW))
                .hasMessageContaining("was compiled for Java 17, so Java 11 can't run it");
    }

    @Test
    void shouldRefuseWhatIsNoBuildlet() throws Exception {
        assertRefused(directory.resolve("missing.jar"), "can't be read as a jar: no such file or directory");
        assertRefused(directory, "is a directory");
        assertRefused(Files.writeString(directory.resolve("t"), "text"), "can't be read as a jar: ");
        assertRefused(Files.writeString(directory.resolve("e"), ""), "can't be read as a jar: ");
        Path other = Jars.jar(directory.resolve("o.jar"), "1.4", "org/example/Main.class", Jars.classFor(17));
        assertRefused(other, "is no buildlet: it has no io/jenkins/plugins/builderfarm/buildlet/Main.class");
        Path noClass = Jars.jar(directory.resolve("n.jar"), "1.4", Jars.MAIN, new byte[8]);
        assertRefused(noClass, "is no buildlet: its " + Jars.MAIN + " is no class");
        Path empty = Jars.jar(directory.resolve("z.jar"), "1.4", Jars.MAIN, new byte[0]);
        assertRefused(empty, "is no buildlet: its " + Jars.MAIN + " is no class");
        Path odd = Jars.jar(directory.resolve("v.jar"), "v1", Jars.MAIN, Jars.classFor(17));
        assertThatThrownBy(() -> BuildletJar.read(odd).release(Optional.empty(), 17, Ran.NOW))
                .hasMessage(
                        odd + ": its Implementation-Version: version 'v1' is not valid: it starts with a digit, then"
                                + " digits, letters, '.', '-', '+' or '_'");
        Path huge = directory.resolve("huge.jar");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(Release.LARGEST + 1);
        }
        assertRefused(huge, "is larger than 104857600 bytes");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> BuildletJar.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file + " " + message)
                .satisfies(e -> assertThat(((Failure) e).exitCode()).isEqualTo(3));
    }
}
