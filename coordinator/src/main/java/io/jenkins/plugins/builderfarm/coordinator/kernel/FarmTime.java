package io.jenkins.plugins.builderfarm.coordinator.kernel;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that deadlines are measured in: it moves only when told, never back, and never far at once. So a clock that
 * is set, or a computer that was suspended, makes no machine late. Guarded by the farm's lock.
 */
public final class FarmTime {
    private static final long LONGEST_STEP_MILLIS = 5_000;

    private final InstantSource clock;
    private long seen;
    private long now;

    public FarmTime(InstantSource clock) {
        this.clock = clock;
        this.seen = clock.millis();
    }

    /** Takes over what the clock says. */
    public void advance() {
        long millis = clock.millis();
        now += Math.max(0, Math.min(millis - seen, LONGEST_STEP_MILLIS));
        seen = millis;
    }

    /** Milliseconds since the farm began, as of the last {@link #advance}. */
    public long now() {
        return now;
    }

    /** What the clock says, for people. */
    public Instant instant() {
        return clock.instant();
    }
}
