package io.jenkins.plugins.builderfarm.releases;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One conditional download of a manifest, bounded in size and time.
 *
 * @param text the envelope
 * @param etag what to ask with the next time; null if the server named none
 */
record ManifestDownload(String text, @CheckForNull String etag) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Through Jenkins's proxy, if it has one.
     *
     * @param known the etag of what is known already
     * @return empty if that is still what there is
     * @throws IOException if there is no answer or another one than 200 and 304; the message says which
     */
    static Optional<ManifestDownload> get(URI address, @CheckForNull String known) throws IOException {
        HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(address);
        if (known != null) {
            request.header("If-None-Match", known);
        }
        Body body = new Body();
        HttpResponse<Void> response = await(
                ProxyConfiguration.newHttpClient().sendAsync(request.build(), BodyHandlers.ofByteArrayConsumer(body)));
        return switch (response.statusCode()) {
            case HttpURLConnection.HTTP_NOT_MODIFIED -> Optional.empty();
            case HttpURLConnection.HTTP_OK ->
                Optional.of(new ManifestDownload(
                        body.text(), response.headers().firstValue("ETag").orElse(null)));
            default -> throw new IOException("the bucket answered with status " + response.statusCode());
        };
    }

    private static HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer) throws IOException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the bucket took longer than " + PATIENCE.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() instanceof IOException cause && cause.getMessage() != null
                            ? cause.getMessage()
                            : "there is no answer (" + e.getCause() + ")",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Collects the answer, and breaks off one that is too long. One thread at a time. */
    private static final class Body implements Consumer<Optional<byte[]>> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void accept(Optional<byte[]> part) {
            part.ifPresent(bytes::writeBytes);
            if (bytes.size() > SignedManifest.LONGEST) {
                throw new IllegalStateException("the manifest is longer than " + SignedManifest.LONGEST + " bytes");
            }
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
