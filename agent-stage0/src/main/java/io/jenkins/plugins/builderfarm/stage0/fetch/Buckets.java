package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.stage0.Stage0Version;
import java.io.IOException;
import java.time.Duration;

/** Makes the client that an address wants. Stateless. */
final class Buckets {
    private Buckets() {}

    /**
     * @param timeout for connecting, and for the server to say anything at all
     * @throws IOException if credentials are configured but can't be used
     */
    static BucketReader open(FetchRequest request, Duration timeout, Deadline deadline) throws IOException {
        return request.bucket().isMirror()
                ? new MirrorBucket(request.bucket(), timeout, deadline, Stage0Version.TEXT)
                : new GoogleBucket(request.bucket(), request.endpoint(), timeout, deadline, Stage0Version.TEXT);
    }
}
