package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A release of the test's own buildlet.
 *
 * @param jar what is to be published under its digest
 */
public record TestRelease(Release release, byte[] jar) {
    /** Does what a buildlet does when all is well. */
    public static final String WELL = "progress dialled-in\nprogress leased a\nprogress released a\nreturn 0";

    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    /** Of some 200 KB, so that a download can be cut somewhere. */
    public static TestRelease of(String version, String script) {
        return of(version, script, 17);
    }

    public static TestRelease of(String version, String script, int minimumJava) {
        return of(version, minimumJava, jar(version, script, true));
    }

    /** Signed for, and yet of no use. */
    public static TestRelease notABuildlet(String version) {
        return of(version, 17, jar(version, "", false));
    }

    private static TestRelease of(String version, int minimumJava, byte[] jar) {
        Sha256 sha256 = Sha256.of(jar);
        return new TestRelease(
                new Release(new Version(version), Release.objectName(sha256), sha256, jar.length, minimumJava, CREATED),
                jar);
    }

    public Version version() {
        return release.version();
    }

    private static byte[] jar(String version, String script, boolean withMain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            String main = "io/jenkins/plugins/builderfarm/buildlet/Main.class";
            try (InputStream in = TestRelease.class.getResourceAsStream("/" + main)) {
                add(jar, withMain ? main : "Other.class", in.readAllBytes());
            }
            add(jar, "version", version.getBytes(StandardCharsets.UTF_8));
            add(jar, "script", script.getBytes(StandardCharsets.UTF_8));
            byte[] ballast = new byte[200_000];
            new Random(version.hashCode()).nextBytes(ballast);
            add(jar, "ballast", ballast);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
