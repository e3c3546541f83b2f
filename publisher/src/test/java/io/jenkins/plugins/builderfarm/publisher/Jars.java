package io.jenkins.plugins.builderfarm.publisher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Jars that look like buildlets. */
final class Jars {
    static final String MAIN = "io/jenkins/plugins/builderfarm/buildlet/Main.class";

    private Jars() {}

    /** A buildlet of this version, compiled for Java 17; another version gives other bytes. */
    static Path buildlet(Path directory, String version) throws IOException {
        return jar(directory.resolve("buildlet-" + version + ".jar"), version, MAIN, classFor(17));
    }

    /** @param version null: none */
    static Path jar(Path file, String version, String entry, byte[] bytes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (version != null) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(bytes);
        }
        return file;
    }

    /** As much of a class file as names its version. */
    static byte[] classFor(int java) {
        return new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (java + 44)};
    }
}
