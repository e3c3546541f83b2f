package io.jenkins.plugins.builderfarm.testbed.farm;

import hudson.remoting.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Packs the classes of {@code hudson.remoting} that these tests bring along. */
final class StandInAgent {
    private static final List<String> CLASSES = List.of("Engine", "EngineListener", "JarCache", "FileSystemJarCache");

    private StandInAgent() {}

    static Path jar(Path target) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            for (String name : CLASSES) {
                out.putNextEntry(new ZipEntry("hudson/remoting/" + name + ".class"));
                try (InputStream in = Engine.class.getResourceAsStream(name + ".class")) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return target;
    }
}
