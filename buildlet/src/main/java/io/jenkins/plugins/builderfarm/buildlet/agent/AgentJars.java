package io.jenkins.plugins.builderfarm.buildlet.agent;

import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The agent programs of the controllers that this machine served, each under its digest. A jar is handed out only after
 * its digest was found right just now. One caller at a time.
 */
public final class AgentJars {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final int KEPT = 3;
    private static final String PARTIAL = ".part";
    private static final int BUFFER = 1 << 14;

    private final Path directory;
    private final ControllerUrl controller;
    private final InstantSource clock;

    public AgentJars(Path directory, ControllerUrl controller, InstantSource clock) {
        this.directory = directory;
        this.controller = controller;
        this.clock = clock;
    }

    /**
     * The jar, fetched unless it is there already. Blocks while it fetches.
     *
     * @throws IOException if the controller doesn't give it or gives another one; the message says which
     */
    public Path get(AgentJar wanted) throws IOException {
        Files.createDirectories(directory);
        Path jar = directory.resolve(wanted.sha256() + ".jar");
        if (Files.isRegularFile(jar)
                && Files.size(jar) == wanted.size()
                && Sha256.of(jar).equals(wanted.sha256())) {
            Files.setLastModifiedTime(jar, FileTime.from(clock.instant()));
            return jar;
        }
        Path partial = directory.resolve(wanted.sha256() + PARTIAL);
        try {
            fetch(wanted, partial);
            Files.move(partial, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        removeOld();
        return jar;
    }

    private void fetch(AgentJar wanted, Path file) throws IOException {
        URL url = controller.resolve(wanted.path()).toURL();
        // Not java.net.http: it would cost 20 MB of memory for one small file.
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(url + " answered HTTP " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                save(url, in, wanted, file);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static void save(URL url, InputStream in, AgentJar wanted, Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0 && size <= wanted.size(); n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                size += n;
            }
        }
        Sha256 actual = Sha256.ofDigest(digest);
        if (size != wanted.size() || !actual.equals(wanted.sha256())) {
            throw new IOException(url + " is not the agent that the controller named: "
                    + (size > wanted.size() ? "more than " + wanted.size() : size) + " bytes with SHA-256 " + actual
                    + " instead of " + wanted.size() + " bytes with SHA-256 " + wanted.sha256());
        }
    }

    private void removeOld() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(directory)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted(Comparator.comparing(AgentJars::lastUsed).reversed())
                    .toList();
        }
        for (Path old : jars.subList(Math.min(KEPT, jars.size()), jars.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // gone or unreadable: the first to go
        }
    }
}
