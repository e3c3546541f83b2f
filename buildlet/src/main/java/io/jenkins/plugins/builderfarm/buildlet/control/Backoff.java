package io.jenkins.plugins.builderfarm.buildlet.control;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: anything between nothing and a limit that doubles with every failure up to
 * a cap ("full jitter"), so that machines which lost the controller together don't come back together. Not thread-safe.
 */
public final class Backoff {
    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;
    private Duration limit;

    public Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
        limit = first;
    }

    /** The wait before the next attempt; the one after that may be twice as long. */
    public Duration next() {
        Duration wait = upTo(limit);
        limit = limit.multipliedBy(2).compareTo(cap) < 0 ? limit.multipliedBy(2) : cap;
        return wait;
    }

    /** An attempt succeeded: the next failure starts from the beginning. */
    public void reset() {
        limit = first;
    }

    /** Anything between nothing and a limit. */
    public Duration upTo(Duration most) {
        return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }
}
