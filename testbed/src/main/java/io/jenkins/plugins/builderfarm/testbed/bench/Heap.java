package io.jenkins.plugins.builderfarm.testbed.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap's live content. */
final class Heap {
    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** In bytes, after several collections. */
    static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
