package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A bucket's manifest as it was when last asked for; an older one than that is never taken. Thread-safe. */
public final class BucketReleases implements ReleaseFeed {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI manifestUrl;
    private final List<ReleaseKey> trusted;
    private volatile Manifest latest;

    /** @param folder the public URL of the manifest's folder, with a slash at its end */
    public BucketReleases(URI folder, Collection<ReleaseKey> trusted) {
        this.manifestUrl = folder.resolve(Manifest.OBJECT);
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Asks the bucket now.
     *
     * @throws IOException if the manifest can't be had, or its signature is not one of ours
     */
    public synchronized void poll() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(manifestUrl).timeout(TIMEOUT).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(manifestUrl + " answered " + response.statusCode());
        }
        try {
            Manifest manifest = SignedManifest.verify(response.body(), trusted);
            if (latest == null || manifest.serial() > latest.serial()) {
                latest = manifest;
            }
        } catch (ProtocolException e) {
            throw new IOException(manifestUrl + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Manifest> manifest() {
        return Optional.ofNullable(latest);
    }
}
