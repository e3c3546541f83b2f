package io.jenkins.plugins.builderfarm.stage0.fetch;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Google Cloud Storage, by Google's own client for its JSON API. Not thread-safe. */
final class GoogleBucket implements BucketReader {
    private static final int NOT_MODIFIED = 304;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int TIMED_OUT = 408;
    private static final int GONE = 410;
    private static final int CONDITION_FAILED = 412;
    private static final int RANGE_UNSATISFIABLE = 416;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;
    private static final int LONGEST_RETRY_AFTER_DIGITS = 6;

    private final BucketAddress address;
    private final Storage storage;
    private final Deadline deadline;

    /**
     * @param endpoint in place of Google's
     * @param timeout for connecting, and for the server to say anything at all
     * @param deadline by which every byte must have come
     * @throws IOException if credentials are configured but can't be used
     */
    GoogleBucket(BucketAddress address, Optional<URI> endpoint, Duration timeout, Deadline deadline, String version)
            throws IOException {
        this.address = address;
        this.deadline = deadline;
        HttpRequestInitializer credentials = Credentials.forEndpoint(endpoint);
        Storage.Builder builder = new Storage.Builder(
                        new NetHttpTransport(), GsonFactory.getDefaultInstance(), request -> {
                            credentials.initialize(request);
                            int millis = within(timeout);
                            request.setConnectTimeout(millis).setReadTimeout(millis);
                        })
                .setApplicationName("builder-farm-stage0/" + version);
        endpoint.ifPresent(url -> builder.setRootUrl(url.toString().endsWith("/") ? url.toString() : url + "/"));
        this.storage = builder.build();
    }

    /** A silence that began just before the deadline must not last beyond it. In milliseconds, not 0, which means ever. */
    private int within(Duration timeout) {
        return Math.toIntExact(
                Math.max(1, Math.min(timeout.toMillis(), deadline.remaining().toMillis())));
    }

    @Override
    public Optional<Content> openUnless(String name, OptionalLong generation) throws FetchException {
        try {
            Storage.Objects.Get get = storage.objects().get(address.bucket(), address.object(name));
            if (generation.isPresent()) {
                get.setIfGenerationNotMatch(generation.getAsLong());
            }
            return Optional.of(content(name, get.executeMedia()));
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == NOT_MODIFIED) {
                return Optional.empty();
            }
            throw refused(name, e);
        } catch (IOException e) {
            throw unreachable(name, e);
        }
    }

    @Override
    public Content openFrom(String name, long generation, long offset) throws FetchException {
        try {
            Storage.Objects.Get get = storage.objects()
                    .get(address.bucket(), address.object(name))
                    .setGeneration(generation);
            get.getRequestHeaders().setRange("bytes=" + offset + "-");
            HttpResponse response = get.executeMedia();
            Content content = content(name, response);
            if (response.getStatusCode() != PARTIAL) {
                content.close();
                throw new FetchException(Remedy.RESTART, address.url(name) + ": the server knows no ranges");
            }
            return content;
        } catch (HttpResponseException e) {
            int status = e.getStatusCode();
            if (status == NOT_FOUND || status == GONE || status == CONDITION_FAILED || status == RANGE_UNSATISFIABLE) {
                throw new FetchException(
                        Remedy.RESTART, address.url(name) + ": it is no longer what it was", Optional.empty(), e);
            }
            throw refused(name, e);
        } catch (IOException e) {
            throw unreachable(name, e);
        }
    }

    private Content content(String name, HttpResponse response) throws IOException {
        long generation = number(response.getHeaders().getFirstHeaderStringValue("x-goog-generation"));
        InputStream bytes = response.getContent();
        if (generation == 0 || bytes == null) {
            response.disconnect();
            // The commonest wrong answer is a page that a hotel's network or a proxy puts before everything.
            throw new FetchException(
                    Remedy.NONE,
                    address.url(name)
                            + ": the answer is not Cloud Storage's (does a proxy or a sign-in page stand in between?)");
        }
        return new Content(new TimedInput(bytes, deadline), generation);
    }

    private static long number(String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private FetchException refused(String name, HttpResponseException e) {
        int status = e.getStatusCode();
        boolean passing = status == TIMED_OUT || status == TOO_MANY || status >= SERVER_FAULT;
        String meaning =
                switch (status) {
                    case 401, 403 -> " (this machine may not read it)";
                    case NOT_FOUND -> " (it is not there)";
                    case TOO_MANY -> " (too many requests)";
                    default -> "";
                };
        return new FetchException(
                passing ? Remedy.RETRY : Remedy.NONE,
                address.url(name) + ": HTTP " + status + meaning,
                retryAfter(e.getHeaders().getRetryAfter()),
                e);
    }

    private static Optional<Duration> retryAfter(String header) {
        boolean seconds = header != null && header.matches("\\d{1," + LONGEST_RETRY_AFTER_DIGITS + "}");
        return seconds ? Optional.of(Duration.ofSeconds(Long.parseLong(header))) : Optional.empty();
    }

    private FetchException unreachable(String name, IOException e) {
        if (e instanceof FetchException known) {
            return known;
        }
        return new FetchException(Remedy.RETRY, address.url(name) + ": " + explain(e), Optional.empty(), e);
    }

    /** What Java's network exceptions leave unsaid. */
    static String explain(IOException e) {
        if (e instanceof UnknownHostException) {
            return "no address for " + e.getMessage();
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer in time (" + e.getMessage() + ")";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
