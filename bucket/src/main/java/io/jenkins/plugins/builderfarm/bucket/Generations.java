package io.jenkins.plugins.builderfarm.bucket;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Numbers that look like microseconds since 1970, as Google's do, but never repeat and never go back. Thread-safe. */
final class Generations {

    private final Clock clock;
    private long last;

    Generations(Clock clock) {
        this.clock = clock;
    }

    /** Every number from here on is greater than {@code generation}. */
    synchronized void skipTo(long generation) {
        last = Math.max(last, generation);
    }

    synchronized long next() {
        last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        return last;
    }
}
