package io.jenkins.plugins.builderfarm.testbed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;

/** Resident memory, as Linux counts it. */
final class Resident {
    private static final double KIB_PER_MB = 1000_000 / 1024.0;

    private Resident() {}

    /** Of all these processes together, in MB; NaN where there is no /proc. */
    static double megabytes(Collection<ProcessHandle> processes) throws IOException {
        if (!Files.exists(Path.of("/proc/self/status"))) {
            return Double.NaN;
        }
        long kibibytes = 0;
        for (ProcessHandle process : processes) {
            kibibytes += kibibytes(process.pid());
        }
        return kibibytes / KIB_PER_MB;
    }

    private static long kibibytes(long pid) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (NoSuchFileException e) {
            return 0; // it just ended
        }
    }
}
