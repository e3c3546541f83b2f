package io.jenkins.plugins.builderfarm.stage0.fetch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment by which a fetch must have ended, on a clock that nobody can set back. Immutable. */
final class Deadline {
    private final LongSupplier nanoTime;
    private final long end;

    Deadline(Duration limit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + limit.toNanos();
    }

    /** Never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    boolean passed() {
        return remaining().isZero();
    }
}
