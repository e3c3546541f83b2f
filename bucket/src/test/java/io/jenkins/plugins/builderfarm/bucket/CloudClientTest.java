package io.jenkins.plugins.builderfarm.bucket;

import java.net.URI;

/** The suite with the large client, {@code google-cloud-storage}. */
final class CloudClientTest extends ClientSuite {

    @Override
    BucketClient connect(URI endpoint, String bucket) {
        return new CloudClient(endpoint, bucket);
    }
}
