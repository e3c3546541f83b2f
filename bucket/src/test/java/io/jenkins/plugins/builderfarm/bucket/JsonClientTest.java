package io.jenkins.plugins.builderfarm.bucket;

import java.net.URI;

/** The suite with the small client, {@code google-api-services-storage}. */
final class JsonClientTest extends ClientSuite {

    @Override
    BucketClient connect(URI endpoint, String bucket) {
        return new JsonClient(endpoint, bucket);
    }
}
