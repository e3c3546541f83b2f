package io.jenkins.plugins.builderfarm.buildlet.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What changes on a machine: free disk, memory, load. Read from {@code /proc} where there is one, which costs less
 * memory than the JVM's management beans. Stateless but for where it looks; a value that can't be had is 0, or negative for the load.
 */
public final class Gauges {
    private static final int HUNDREDTHS = 100;

    private final Path workDirectory;
    private final Path root;
    private final ControlGroup group;

    /** @param root of the file system, but for tests */
    public Gauges(Path workDirectory, Path root) {
        this.workDirectory = workDirectory;
        this.root = root;
        this.group = new ControlGroup(root);
    }

    /** Free bytes where the work directory is. */
    public long freeDisk() {
        try {
            return Math.max(0, Files.getFileStore(workDirectory).getUsableSpace());
        } catch (IOException e) {
            return 0;
        }
    }

    /** Bytes of memory of the machine, or of the control group that we are in. */
    public long memory() {
        long physical = meminfo("MemTotal").orElseGet(() -> system() == null ? 0 : system().getTotalMemorySize());
        return group.limit(physical);
    }

    /** Bytes of memory that a build could have. */
    public long availableMemory() {
        return group.available(
                meminfo("MemAvailable").orElseGet(() -> system() == null ? 0 : system().getFreeMemorySize()));
    }

    /** The one-minute load average in hundredths; negative if unknown. */
    public int load() {
        try {
            Path loadavg = root.resolve("proc/loadavg");
            String text = Files.exists(loadavg)
                    ? Files.readString(loadavg).split(" ", 2)[0]
                    : Double.toString(
                            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            return (int) Math.max(-1, Math.round(Double.parseDouble(text) * HUNDREDTHS));
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private OptionalLong meminfo(String name) {
        Path meminfo = root.resolve("proc/meminfo");
        try {
            if (!Files.exists(meminfo)) {
                return OptionalLong.empty();
            }
            Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB").matcher(Files.readString(meminfo));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) << 10) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static com.sun.management.OperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean
                : null;
    }
}
