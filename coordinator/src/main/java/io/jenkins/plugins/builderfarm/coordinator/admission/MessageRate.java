package io.jenkins.plugins.builderfarm.coordinator.admission;

/** Counts messages in windows of ten seconds. Guarded by the farm's lock. */
final class MessageRate {
    private static final long WINDOW_MILLIS = 10_000;

    private final int most;
    private long windowEnd;
    private int count;

    MessageRate(int most) {
        this.most = most;
    }

    /** One more. @return whether it is one too many */
    boolean exceeds(long now) {
        if (now >= windowEnd) {
            windowEnd = now + WINDOW_MILLIS;
            count = 0;
        }
        count++;
        return count > most;
    }
}
