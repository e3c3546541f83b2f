package io.jenkins.plugins.builderfarm.testbed.bench;

import java.util.Arrays;

/** Durations of one operation, in nanoseconds. Not thread-safe. */
final class Samples {
    private static final int FIRST_SIZE = 1024;
    private static final double NANOS_PER_MICRO = 1000.0;

    private long[] nanos = new long[FIRST_SIZE];
    private int count;

    void time(Runnable operation) {
        long start = System.nanoTime();
        operation.run();
        add(System.nanoTime() - start);
    }

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    double meanMicros() {
        return Arrays.stream(nanos, 0, count).average().orElse(Double.NaN) / NANOS_PER_MICRO;
    }

    /** The value that this share of the samples doesn't exceed, 0 to 1, in microseconds. */
    double quantileMicros(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(share * count) - 1;
        return sorted[Math.max(index, 0)] / NANOS_PER_MICRO;
    }
}
