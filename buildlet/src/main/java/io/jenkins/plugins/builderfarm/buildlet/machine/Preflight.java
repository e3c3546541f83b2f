package io.jenkins.plugins.builderfarm.buildlet.machine;

import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this machine can take a build. What an earlier lease left, as after a crash, is removed on the way.
 *
 * @param leastDisk free bytes that a build needs
 * @param leastMemory bytes of available memory that a build needs
 */
public record Preflight(
        WorkDirectory workDirectory, Leftovers leftovers, Gauges gauges, long leastDisk, long leastMemory) {
    private static final int MIB = 20;

    /** The reasons against it, a sentence each; empty if there is none. Blocks while it cleans up. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        try {
            leftovers.kill(workDirectory.remains()).ifPresent(reasons::add);
            reasons.addAll(workDirectory.clean());
            workDirectory.probe();
        } catch (IOException e) {
            reasons.add("the work directory " + workDirectory.path() + " can't be used: " + Reasons.of(e));
        }
        long disk = gauges.freeDisk();
        if (disk < leastDisk) {
            reasons.add((disk >> MIB) + " MiB are free for the work directory " + workDirectory.path() + ", and "
                    + (leastDisk >> MIB) + " MiB are needed");
        }
        long memory = gauges.availableMemory();
        if (memory > 0 && memory < leastMemory) {
            reasons.add(
                    (memory >> MIB) + " MiB of memory are available, and " + (leastMemory >> MIB) + " MiB are needed");
        }
        return reasons;
    }
}
