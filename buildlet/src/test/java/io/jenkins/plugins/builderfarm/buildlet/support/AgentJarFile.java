package io.jenkins.plugins.builderfarm.buildlet.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The stand-in for agent.jar, of the tests' own classes. */
public final class AgentJarFile {
    private static final List<String> CLASSES = List.of("Engine", "EngineListener", "JarCache", "FileSystemJarCache");

    private AgentJarFile() {}

    public static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (String name : CLASSES) {
                String entry = "hudson/remoting/" + name + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = AgentJarFile.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(jar);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
