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

    /** A timeout that began now and must not last beyond this: in milliseconds, and not 0, which means ever. */
    int within(Duration timeout) {
        return Math.toIntExact(
                Math.max(1, Math.min(timeout.toMillis(), remaining().toMillis())));
    }

    boolean passed() {
        return remaining().isZero();
    }
}
