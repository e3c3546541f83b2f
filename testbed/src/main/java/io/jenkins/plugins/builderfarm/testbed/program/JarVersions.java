package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes other releases out of a jar: the same program under another version, or one that can't start. */
public final class JarVersions {
    private static final String BUILDLET = "io/jenkins/plugins/builderfarm/buildlet/";
    private static final String MAIN = BUILDLET + "Main.class";

    private JarVersions() {}

    /** The same program, another {@code Implementation-Version}. */
    public static Path stamp(Path jar, String version, Path target) throws IOException {
        return rewrite(jar, version, target, entry -> true);
    }

    /** A buildlet that is nothing but its main class: published and verified like any other, it fails at every start. */
    public static Path broken(Path buildlet, String version, Path target) throws IOException {
        return rewrite(
                buildlet,
                version,
                target,
                entry -> entry.getName().equals(MAIN) || !entry.getName().startsWith(BUILDLET));
    }

    private static Path rewrite(Path jar, String version, Path target, Predicate<JarEntry> kept) throws IOException {
        try (JarFile from = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (OutputStream file = Files.newOutputStream(target);
                    JarOutputStream to = new JarOutputStream(file)) {
                // By hand: the stream would give the manifest the present time, and every jar another digest.
                to.putNextEntry(entry(JarFile.MANIFEST_NAME, from.getJarEntry(JarFile.MANIFEST_NAME)));
                manifest.write(to);
                to.closeEntry();
                for (JarEntry entry : Collections.list(from.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME) && kept.test(entry)) {
                        to.putNextEntry(entry(entry.getName(), entry));
                        from.getInputStream(entry).transferTo(to);
                        to.closeEntry();
                    }
                }
            }
        }
        return target;
    }

    private static JarEntry entry(String name, JarEntry timed) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(timed.getTimeLocal());
        return entry;
    }
}
