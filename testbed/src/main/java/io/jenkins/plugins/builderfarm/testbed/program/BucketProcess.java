package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The bucket server as a process, with one bucket that keeps its objects on disk. */
public final class BucketProcess implements AutoCloseable {
    /** The bucket's name. */
    public static final String NAME = "farm";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final ManagedProcess process;
    private final URI endpoint;

    private BucketProcess(ManagedProcess process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Answers requests when this returns.
     *
     * @param directory where the objects are, or are to be
     * @param port 0 for any free one
     */
    public static BucketProcess start(Path directory, int port)
            throws IOException, InterruptedException, TimeoutException {
        List<String> flags = List.of("--bucket", NAME, "--dir", directory.toString(), "--listen", "127.0.0.1:" + port);
        ManagedProcess process = ManagedProcess.start(
                Programs.BUCKET.command(List.of("-Xmx64m"), flags),
                Map.of(),
                Path.of("").toAbsolutePath(),
                new Lines());
        String line = process.lines().await("^bucket: .* on http|^bucket: .*(say more|says more)", START_LIMIT);
        String url = line.replaceFirst(".* on (http://[^ ,]+).*", "$1");
        return new BucketProcess(process, URI.create(url));
    }

    /** The API's root, without a slash at its end. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.close();
    }
}
