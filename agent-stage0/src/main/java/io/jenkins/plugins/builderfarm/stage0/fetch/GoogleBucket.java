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
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Google Cloud Storage, by Google's own client for its JSON API. Not thread-safe. */
final class GoogleBucket implements BucketReader {
    private static final int NOT_MODIFIED = 304;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int CONDITION_FAILED = 412;
    private static final int RANGE_UNSATISFIABLE = 416;

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
                            int millis = deadline.within(timeout);
                            request.setConnectTimeout(millis).setReadTimeout(millis);
                        })
                .setApplicationName("builder-farm-stage0/" + version);
        endpoint.ifPresent(url -> builder.setRootUrl(url.toString().endsWith("/") ? url.toString() : url + "/"));
        this.storage = builder.build();
    }

    @Override
    public Optional<Content> openUnless(String name, Optional<String> version) throws FetchException {
        try {
            Storage.Objects.Get get = storage.objects().get(address.bucket(), address.object(name));
            if (version.isPresent()) {
                get.setIfGenerationNotMatch(number(version.get()));
            }
            return Optional.of(content(name, get.executeMedia()));
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == NOT_MODIFIED) {
                return Optional.empty();
            }
            throw HttpFailures.refused(
                    address.url(name), e.getStatusCode(), e.getHeaders().getRetryAfter(), e);
        } catch (IOException e) {
            throw HttpFailures.unreachable(address.url(name), e);
        }
    }

    @Override
    public Content openFrom(String name, String version, long offset) throws FetchException {
        try {
            Storage.Objects.Get get = storage.objects()
                    .get(address.bucket(), address.object(name))
                    .setGeneration(number(version));
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
            throw HttpFailures.refused(
                    address.url(name), e.getStatusCode(), e.getHeaders().getRetryAfter(), e);
        } catch (IOException e) {
            throw HttpFailures.unreachable(address.url(name), e);
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
        return new Content(new TimedInput(bytes, deadline), Long.toString(generation));
    }

    private static long number(String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
