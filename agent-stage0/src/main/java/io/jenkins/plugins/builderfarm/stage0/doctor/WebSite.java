package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A web server, asked once for no more than its headers. Thread-safe. */
final class WebSite {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI uri;
    private final InstantSource clock;
    private Answer answer;
    private IOException failure;

    WebSite(URI uri, InstantSource clock) {
        this.uri = uri;
        this.clock = clock;
    }

    /**
     * @param ahead how far this machine's clock is ahead of the server's, negative if behind; empty if it doesn't tell
     */
    record Answer(int status, Optional<Duration> ahead) {}

    URI uri() {
        return uri;
    }

    /** @throws IOException if there is no answer; the same one each time */
    synchronized Answer answer() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (answer == null) {
            try {
                answer = ask();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
        return answer;
    }

    private Answer ask() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setRequestMethod("HEAD");
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            Instant before = clock.instant();
            int status = connection.getResponseCode();
            // The server looked at its clock somewhere in between.
            Instant middle =
                    before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            if (status < 0) {
                throw new IOException("the answer is not HTTP");
            }
            long date = connection.getDate();
            return new Answer(
                    status,
                    date == 0 ? Optional.empty() : Optional.of(Duration.between(Instant.ofEpochMilli(date), middle)));
        } finally {
            connection.disconnect();
        }
    }
}
