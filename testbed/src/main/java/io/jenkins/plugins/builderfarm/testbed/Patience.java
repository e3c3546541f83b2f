package io.jenkins.plugins.builderfarm.testbed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what other processes do. */
public final class Patience {
    private static final long PAUSE_MILLIS = 50;

    private Patience() {}

    /**
     * Asks until there is an answer.
     *
     * @param what is waited for, for the message
     * @throws TimeoutException if there is none in time
     */
    public static <T> T await(String what, Duration limit, Callable<Optional<T>> question) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
