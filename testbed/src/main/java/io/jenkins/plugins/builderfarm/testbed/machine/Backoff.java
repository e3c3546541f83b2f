package io.jenkins.plugins.builderfarm.testbed.machine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a machine waits before it dials again: capped exponential with full jitter, so that machines that lost the
 * controller together don't come back together.
 *
 * @param first the upper bound of the first wait
 * @param cap the upper bound of all waits
 */
public record Backoff(Duration first, Duration cap) {
    private static final int MOST_DOUBLINGS = 20;

    /** What buildlets do. */
    public static final Backoff MACHINES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    /**
     * @param failures attempts that failed so far, at least 1
     * @param atLeast what the controller asked for, zero if nothing
     */
    public Duration wait(int failures, Duration atLeast, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        Duration jitter = Duration.ofMillis(random.nextLong(Math.min(doubled, cap.toMillis()) + 1));
        return jitter.compareTo(atLeast) > 0 ? jitter : atLeast;
    }
}
