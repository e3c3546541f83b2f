package io.jenkins.plugins.builderfarm.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.BucketServer;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bucket on a socket, a key, and the publisher within this JVM. */
final class Desk implements AutoCloseable {
    static final String MANIFEST = "prod/buildlet.json";

    final BucketServer server;
    final SigningKey key = SigningKey.generate(new SecureRandom());
    private final Path directory;

    Desk(Path directory) throws IOException {
        this.directory = directory;
        server = BucketServer.builder().buckets("farm").start();
    }

    /** Runs a command on the bucket's folder, signing with {@link #key}. */
    Ran run(String... args) {
        return runWith(key.print(), args);
    }

    Ran runWith(String signingKeys, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--bucket", "gs://farm/prod", "--endpoint", server.endpoint() + "", "--anonymous"));
        return Ran.inside(Map.of(Keys.VARIABLE, signingKeys), all);
    }

    Ran done(String... args) {
        Ran ran = run(args);
        assertThat(ran.err()).as("complaints").isEmpty();
        assertThat(ran.code()).as("exit code").isZero();
        return ran;
    }

    String jar(String version) throws IOException {
        return Jars.buildlet(directory, version).toString();
    }

    String envelope() throws IOException {
        return new String(server.get("farm", MANIFEST).orElseThrow(), UTF_8);
    }

    Manifest manifest() throws IOException, ProtocolException {
        return SignedManifest.verify(envelope(), List.of(key.publicKey()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
