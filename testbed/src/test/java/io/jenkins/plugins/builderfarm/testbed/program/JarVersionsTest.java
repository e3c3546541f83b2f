package io.jenkins.plugins.builderfarm.testbed.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarVersionsTest {

    private static final String MAIN = "io/jenkins/plugins/builderfarm/buildlet/Main.class";
    private static final String LOOP = "io/jenkins/plugins/builderfarm/buildlet/loop/Loop.class";

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = directory.resolve("buildlet.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "some.Main");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : new String[] {MAIN, LOOP, "other"}) {
                out.putNextEntry(new JarEntry(name));
                out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }

    @Test
    void shouldChangeTheVersionAndNothingElse() throws IOException {
        try (JarFile stamped = new JarFile(
                JarVersions.stamp(jar, "2.0", directory.resolve("2.jar")).toFile())) {
            Attributes attributes = stamped.getManifest().getMainAttributes();
            assertThat(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isEqualTo("2.0");
            assertThat(attributes.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("some.Main");
            assertThat(stamped.getInputStream(stamped.getEntry(MAIN))).hasContent(MAIN);
            assertThat(stamped.getInputStream(stamped.getEntry("other"))).hasContent("other");
        }
    }

    @Test
    void shouldLeaveNothingButTheMainClass() throws IOException {
        try (JarFile broken = new JarFile(
                JarVersions.broken(jar, "2.1", directory.resolve("bad.jar")).toFile())) {
            assertThat(broken.getEntry(MAIN)).isNotNull();
            assertThat(broken.getEntry(LOOP)).isNull();
            assertThat(broken.getEntry("other")).isNotNull();
        }
    }

    @Test
    void shouldMakeTheSameJarTwice() throws IOException {
        assertThat(JarVersions.stamp(jar, "2.0", directory.resolve("a.jar")))
                .hasSameBinaryContentAs(JarVersions.stamp(jar, "2.0", directory.resolve("b.jar")));
    }
}
