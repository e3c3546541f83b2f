package io.jenkins.plugins.builderfarm.cloud;

import hudson.remoting.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Some classes of one class loader in a jar of their own, to be sent to agents in one piece. Immutable. */
record ClassPack(String owner, ClassLoader loader, URL jar) {
    /**
     * @param owner of the loader, for people
     * @param names of classes, with dots; those that the loader doesn't have are left out
     * @return empty if it has none of them
     * @throws IOException if the jar can't be written
     */
    static Optional<ClassPack> of(String owner, ClassLoader loader, List<String> names) throws IOException {
        Path file = Files.createTempFile("builder-farm-" + owner + "-", ".jar");
        file.toFile().deleteOnExit();
        int found = 0;
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            for (String name : names) {
                found += add(jar, loader, name.replace('.', '/') + ".class") ? 1 : 0;
            }
        }
        return found == 0
                ? Optional.empty()
                : Optional.of(new ClassPack(owner, loader, file.toUri().toURL()));
    }

    private static boolean add(ZipOutputStream jar, ClassLoader loader, String resource) throws IOException {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return false;
            }
            jar.putNextEntry(new ZipEntry(resource));
            in.transferTo(jar);
            jar.closeEntry();
            return true;
        }
    }

    /** @throws IOException if the channel fails, or the agent can't keep the jar */
    void send(Channel channel) throws IOException, InterruptedException {
        channel.preloadJar(loader, jar);
    }
}
