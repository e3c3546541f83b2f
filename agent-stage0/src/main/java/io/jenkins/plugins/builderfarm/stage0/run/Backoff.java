package io.jenkins.plugins.builderfarm.stage0.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next start: nothing after a run that dialled in, else a random part of an interval that
 * doubles with every failure (full jitter), so that a thousand machines that lost their farm together don't come back
 * together. Not thread-safe.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 8;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The pause after a run that ended so. */
    Duration after(boolean wellEnded) {
        if (wellEnded) {
            failures = 0;
            return Duration.ZERO;
        }
        Duration interval = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        failures++;
        long millis = (interval.compareTo(LONGEST) < 0 ? interval : LONGEST).toMillis();
        return Duration.ofMillis(random.nextLong(millis) + 1);
    }
}
