package io.jenkins.plugins.builderfarm.coordinator.conduct;

import java.time.Duration;

/**
 * How long something may take. Immutable.
 *
 * @param minutes for what has the scale 1; 0 for no limit
 * @param scale how many times longer than that it may take
 */
public record ScaledLimit(int minutes, int scale) {
    /** @throws IllegalArgumentException if the minutes are negative or the scale isn't positive */
    public ScaledLimit {
        if (minutes < 0 || scale < 1) {
            throw new IllegalArgumentException("a limit of " + minutes + " minutes times " + scale + " is none");
        }
    }

    /** Whether what has taken so long has had its time; never without a limit. */
    public boolean isReached(Duration taken) {
        return minutes > 0 && taken.compareTo(Duration.ofMinutes(inAll())) >= 0;
    }

    public boolean isScaled() {
        return scale != 1;
    }

    private long inAll() {
        return (long) minutes * scale;
    }

    /** For people: {@code 120 minutes (4 times 30)}. */
    @Override
    public String toString() {
        return inAll()
                + (inAll() == 1 ? " minute" : " minutes")
                + (isScaled() ? " (" + scale + " times " + minutes + ")" : "");
    }
}
