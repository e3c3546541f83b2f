package io.jenkins.plugins.builderfarm.publisher;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed in the network or inside the bucket: exponential back-off with full jitter, and never sooner
 * than the bucket asks. Everything that goes through here may happen twice, so it must carry a precondition.
 *
 * @param times how often to try again
 */
record Retry(int times, Sleeper sleeper, RandomGenerator random) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Waiting, so that tests need not. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** One try. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    <T> T call(Call<T> call) throws IOException {
        for (int failed = 0; ; failed++) {
            try {
                return call.run();
            } catch (IOException e) {
                if (failed >= times || !isWorthIt(e)) {
                    throw e;
                }
                pause(failed, e);
            }
        }
    }

    private static boolean isWorthIt(IOException e) {
        if (e instanceof HttpResponseException response) {
            int status = response.getStatusCode();
            return status == 408 || status == 429 || status >= 500;
        }
        return !(e instanceof Retryable credentials) || credentials.isRetryable();
    }

    private void pause(int failed, IOException e) throws IOException {
        long ceiling = Math.min(FIRST.toMillis() << Math.min(failed, 10), LONGEST.toMillis());
        long millis = Math.max(random.nextLong(ceiling + 1), asked(e).orElse(0L));
        try {
            sleeper.sleep(Duration.ofMillis(Math.min(millis, LONGEST.toMillis())));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    private static Optional<Long> asked(IOException e) {
        if (!(e instanceof HttpResponseException response)
                || response.getHeaders().getRetryAfter() == null) {
            return Optional.empty();
        }
        String seconds = response.getHeaders().getRetryAfter();
        return seconds.matches("[0-9]{1,6}") ? Optional.of(Long.parseLong(seconds) * 1000) : Optional.empty();
    }
}
