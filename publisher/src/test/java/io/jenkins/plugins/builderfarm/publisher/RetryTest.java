package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {
    private final List<Duration> waits = new ArrayList<>();
    private final Retry retry = new Retry(3, waits::add, new Random(1));
    private final Deque<IOException> failures = new ArrayDeque<>();

    @Test
    void shouldNotWaitForWhatSucceeds() throws IOException {
        assertThat(run()).isEqualTo("done");
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void shouldTryAgainWhatMayPass(int status) throws IOException {
        failures.addAll(Collections.nCopies(3, response(status, null)));
        assertThat(run()).isEqualTo("done");
        assertThat(waits).hasSize(3);
    }

    @Test
    void shouldTryAgainWhatTheNetworkBroke() throws IOException {
        failures.add(new EOFException("cut"));
        failures.add(new ConnectException("refused"));
        assertThat(run()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 400, 401, 403, 404, 409, 412, 416})
    void shouldNotRepeatWhatWillNot(int status) {
        failures.add(response(status, null));
        assertThatThrownBy(this::run).isInstanceOf(HttpResponseException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void shouldNotRepeatWhatCredentialsCannot() {
        failures.add(new BadCredentials());
        assertThatThrownBy(this::run).isInstanceOf(BadCredentials.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void shouldGiveUpWithTheLastError() {
        for (int i = 0; i < 4; i++) {
            failures.add(new IOException("number " + i));
        }
        assertThatThrownBy(this::run).hasMessage("number 3");
        assertThat(waits).hasSize(3);
    }

    @Test
    void shouldDoubleTheCeilingUpToHalfAMinute() {
        Retry patient = new Retry(20, waits::add, new Random(1));
        assertThatThrownBy(() -> patient.call(() -> {
                    throw new IOException("again");
                }))
                .hasMessage("again");
        assertThat(waits).hasSize(20).allMatch(wait -> wait.compareTo(Duration.ofSeconds(30)) <= 0);
        for (int i = 0; i < 6; i++) {
            assertThat(waits.get(i)).isLessThanOrEqualTo(Duration.ofMillis(500L << i));
        }
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) > 0);
        assertThat(waits).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotComeBackSoonerThanAsked() throws IOException {
        failures.add(response(503, "7"));
        failures.add(response(503, "86400"));
        failures.add(response(503, "Wed, 21 Oct 2026 07:28:00 GMT"));
        run();
        assertThat(waits.get(0)).isEqualTo(Duration.ofSeconds(7));
        assertThat(waits.get(1)).as("within reason").isEqualTo(Duration.ofSeconds(30));
        assertThat(waits.get(2)).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    private String run() throws IOException {
        return retry.call(() -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return "done";
        });
    }

    private static HttpResponseException response(int status, String retryAfter) {
        return new HttpResponseException.Builder(status, "", new HttpHeaders().setRetryAfter(retryAfter)).build();
    }

    /** As Google's library throws it for a key that was revoked. */
    private static final class BadCredentials extends IOException implements Retryable {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean isRetryable() {
            return false;
        }

        @Override
        public int getRetryCount() {
            return 0;
        }
    }
}
