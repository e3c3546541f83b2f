package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.util.function.LongSupplier;

/**
 * Whether this is a machine of 512 MiB at least.
 *
 * @param total bytes of the machine's or its container's memory; 0 if unknown
 */
record MemoryCheck(LongSupplier total) implements Check {
    private static final int MIB = 20;
    /** What a kernel leaves of 512 MiB. */
    private static final long LEAST = 430L << MIB;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Finding run() {
        long bytes = total.getAsLong();
        if (bytes <= 0) {
            return Finding.skip("this system doesn't tell how much memory it has");
        }
        String found = (bytes >> MIB) + " MiB";
        return bytes < LEAST
                ? Finding.fail(found, "512 MiB is the least that a machine needs, 1 GiB or more is better")
                : Finding.ok(found);
    }
}
