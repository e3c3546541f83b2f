package io.jenkins.plugins.builderfarm.testbed.program;

import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The farm's team at work: the publisher program with a key of its own, on one folder of the bucket. */
public final class Publishing {
    private static final String PREFIX = "releases";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final URI endpoint;
    private final Path directory;
    private final Path signingKey;
    private final ReleaseKey releaseKey;

    private Publishing(URI endpoint, Path directory, Path signingKey, ReleaseKey releaseKey) {
        this.endpoint = endpoint;
        this.directory = directory;
        this.signingKey = signingKey;
        this.releaseKey = releaseKey;
    }

    /**
     * With a new signing key.
     *
     * @param endpoint of a server with a bucket of {@link BucketProcess#NAME}, without a slash at its end
     * @param directory for the key file; it must be there
     */
    public static Publishing withNewKey(URI endpoint, Path directory)
            throws IOException, InterruptedException, TimeoutException {
        Path signingKey = directory.resolve("signing-key.pem");
        Lines lines = run(directory, List.of("new-key", "--out", signingKey.toString()));
        String printed = lines.await("^ed25519:", Duration.ZERO);
        return new Publishing(endpoint, directory, signingKey, ReleaseKey.parse(printed));
    }

    /**
     * With this signing key.
     *
     * @param directory for the key file, which must not be there yet; it must be there itself
     */
    public static Publishing withKey(URI endpoint, Path directory, SigningKey key) throws IOException {
        Path file = Secrets.write(directory.resolve("signing-key.pem"), key.print());
        return new Publishing(endpoint, directory, file, key.publicKey());
    }

    /** The first release, which channel stable then points at. */
    public void init(Path jar) throws IOException, InterruptedException, TimeoutException {
        change("init", "--jar", jar.toString());
    }

    /** Another release, at once for everyone. */
    public void publish(Path jar) throws IOException, InterruptedException, TimeoutException {
        change("publish", "--jar", jar.toString(), "--channel", "stable");
    }

    /** Channel stable points at what it pointed at before. */
    public void rollBack() throws IOException, InterruptedException, TimeoutException {
        change("rollback", "--channel", "stable");
    }

    private void change(String... what) throws IOException, InterruptedException, TimeoutException {
        List<String> flags = new ArrayList<>(List.of(what));
        flags.addAll(List.of(
                "--bucket",
                url(),
                "--endpoint",
                endpoint.toString(),
                "--anonymous",
                "--signing-key-file",
                signingKey.toString()));
        run(directory, flags);
    }

    private static Lines run(Path directory, List<String> flags)
            throws IOException, InterruptedException, TimeoutException {
        try (ManagedProcess publisher = ManagedProcess.start(
                Programs.PUBLISHER.command(List.of("-XX:TieredStopAtLevel=1"), flags),
                Map.of(),
                directory,
                new Lines())) {
            int code = publisher.awaitExit(LIMIT);
            if (code != 0) {
                throw new IOException("publisher " + flags.get(0) + " ended with " + code + ": "
                        + String.join("\n", publisher.lines().all()));
            }
            return publisher.lines();
        }
    }

    /** What machines trust. */
    public ReleaseKey releaseKey() {
        return releaseKey;
    }

    /** {@code gs://BUCKET/PREFIX}. */
    public String url() {
        return "gs://" + BucketProcess.NAME + "/" + PREFIX;
    }

    /** The server in place of Google's. */
    public URI endpoint() {
        return endpoint;
    }

    /** Where a browser would find the manifest; with a slash at its end. */
    public URI folder() {
        return URI.create(endpoint + "/" + BucketProcess.NAME + "/" + PREFIX + "/");
    }
}
