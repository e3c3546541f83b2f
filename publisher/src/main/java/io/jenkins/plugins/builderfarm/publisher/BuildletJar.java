package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A buildlet's jar on this computer, whole in memory, so that what is measured is what is uploaded.
 *
 * @param implementationVersion what its own manifest says, and what machines that run it report
 * @param compiledFor the Java feature version that its main class was compiled for
 */
record BuildletJar(Path file, byte[] bytes, Optional<String> implementationVersion, int compiledFor) {
    private static final String MAIN = "io/jenkins/plugins/builderfarm/buildlet/Main.class";
    private static final int CLASS_FILE = 0xCAFEBABE;
    /** Bytes of a class file up to its version, and where in them the version is. */
    private static final int HEAD = 8;

    private static final int MAJOR = 6;
    /** Java 1.0's class files have 44 (version 45 is 1.1's), Java 17's 61. */
    private static final int FIRST_MAJOR = 44;

    BuildletJar {
        bytes = bytes.clone();
    }

    /** @throws Failure if the file is no jar, or the jar no buildlet */
    static BuildletJar read(Path file) throws Failure {
        try {
            if (Files.isDirectory(file)) {
                throw Failure.file(file + " is a directory");
            }
            if (Files.size(file) > Release.LARGEST) {
                throw Failure.file(file + " is larger than " + Release.LARGEST + " bytes");
            }
            try (JarFile jar = new JarFile(file.toFile())) {
                ZipEntry main = jar.getEntry(MAIN);
                if (main == null) {
                    throw Failure.file(file + " is no buildlet: it has no " + MAIN);
                }
                Attributes attributes = jar.getManifest() == null
                        ? new Attributes()
                        : jar.getManifest().getMainAttributes();
                Optional<String> version =
                        Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
                return new BuildletJar(file, Files.readAllBytes(file), version, compiledFor(file, jar, main));
            }
        } catch (IOException e) {
            throw Failure.file(file + " can't be read as a jar: " + LocalFiles.reason(e));
        }
    }

    private static int compiledFor(Path file, JarFile jar, ZipEntry main) throws IOException, Failure {
        try (InputStream in = jar.getInputStream(main)) {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(HEAD));
            if (head.remaining() < HEAD || head.getInt() != CLASS_FILE) {
                throw Failure.file(file + " is no buildlet: its " + MAIN + " is no class");
            }
            // The minor version, which nothing uses, is skipped.
            return head.getShort(MAJOR) - FIRST_MAJOR;
        }
    }

    /**
     * The release that this jar becomes. Its version must be what the jar says of itself: the controller compares what
     * machines report with what they were given, and would send them away for ever.
     */
    Release release(Optional<Version> asked, long minimumJava, Instant created) throws Failure {
        Version version = version(asked);
        if (minimumJava < compiledFor) {
            throw Failure.usage(Flag.MIN_JAVA + ": " + file + " was compiled for Java " + compiledFor + ", so Java "
                    + minimumJava + " can't run it");
        }
        Sha256 sha256 = Sha256.of(bytes);
        return new Release(version, Release.objectName(sha256), sha256, bytes.length, (int) minimumJava, created);
    }

    private Version version(Optional<Version> asked) throws Failure {
        if (implementationVersion.isEmpty()) {
            return asked.orElseThrow(
                    () -> Failure.usage(file + " has no Implementation-Version; give " + Flag.RELEASE_VERSION));
        }
        Version own;
        try {
            own = new Version(implementationVersion.get());
        } catch (IllegalArgumentException e) {
            throw Failure.file(file + ": its Implementation-Version: " + e.getMessage());
        }
        if (asked.isPresent() && !asked.get().equals(own)) {
            throw Failure.file(
                    file + " is version " + own + " by its own manifest, and would report that, not " + asked.get());
        }
        return own;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuildletJar jar && file.equals(jar.file) && Arrays.equals(bytes, jar.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
