package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * As much memory as a small machine has, one processor, and no swap: a control group below this process's own where
 * those may be made, else a limit on each process's address space.
 */
public final class SmallBox implements AutoCloseable {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("/sys/fs/cgroup");
    /** A JVM reserves far more addresses than it ever uses. */
    private static final long ADDRESSES_PER_MEMORY = 4;

    private final long bytes;
    private final Optional<Path> group;

    private SmallBox(long bytes, Optional<Path> group) {
        this.bytes = bytes;
        this.group = group;
    }

    /**
     * Makes the box.
     *
     * @throws IOException if not even this process can be looked at
     */
    public static SmallBox of(long bytes) throws IOException {
        if (Files.isReadable(Path.of("/proc/self/cgroup"))) {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (parts[0].equals("0") || List.of(parts[1].split(",")).contains("memory")) {
                    Optional<Path> made = make(parts[0].equals("0"), parts[2], bytes);
                    if (made.isPresent()) {
                        return new SmallBox(bytes, made);
                    }
                }
            }
        }
        return new SmallBox(bytes, Optional.empty());
    }

    private static Optional<Path> make(boolean second, String own, long bytes) {
        Path parent =
                (second ? ROOT : ROOT.resolve("memory")).resolve("." + own).normalize();
        Path group =
                parent.resolve("builder-farm-test-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
        } catch (IOException e) {
            return Optional.empty(); // not ours to divide
        }
        try {
            if (second) {
                Files.writeString(group.resolve("memory.max"), Long.toString(bytes));
                Files.writeString(group.resolve("memory.swap.max"), "0");
            } else {
                Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(bytes));
                Files.writeString(group.resolve("memory.memsw.limit_in_bytes"), Long.toString(bytes));
            }
            return Optional.of(group);
        } catch (IOException e) {
            remove(group); // the kernel counts no memory, or no swap, in it
            return Optional.empty();
        }
    }

    /** Runs the command that follows in the box. */
    public List<String> prefix() throws IOException {
        List<String> prefix = new ArrayList<>(List.of("sh", "-c"));
        prefix.addAll(
                group.isPresent()
                        ? List.of(
                                "echo $$ > \"$0\" && exec \"$@\"",
                                group.get().resolve("cgroup.procs").toString())
                        : List.of(
                                "ulimit -v \"$0\" && exec \"$@\"", Long.toString(bytes * ADDRESSES_PER_MEMORY / 1024)));
        if (isInstalled("taskset")) {
            prefix.addAll(List.of("taskset", "-c", firstProcessor()));
        }
        return prefix;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String firstProcessor() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.replaceAll("^\\S+\\s+([0-9]+).*", "$1"))
                .findFirst()
                .orElse("0");
    }

    /** The most bytes that were in use at once, caches included; empty where nobody counts. */
    public OptionalLong peak() throws IOException {
        for (String name : List.of("memory.peak", "memory.max_usage_in_bytes")) {
            Optional<String> text = read(name);
            if (text.isPresent()) {
                return OptionalLong.of(Long.parseLong(text.get().strip()));
            }
        }
        return OptionalLong.empty();
    }

    /** How many processes the kernel has killed for want of memory. */
    public long killed() throws IOException {
        for (String name : List.of("memory.events", "memory.oom_control")) {
            Optional<String> text = read(name);
            if (text.isPresent()) {
                return text.get()
                        .lines()
                        .filter(line -> line.startsWith("oom_kill "))
                        .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
                        .sum();
            }
        }
        return 0;
    }

    private Optional<String> read(String name) throws IOException {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(group.get().resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // of the other version
        }
    }

    /** In words, for whoever reads the test's output. */
    @Override
    public String toString() {
        return group.isPresent()
                ? "a control group of " + (bytes >> 20) + " MiB without swap"
                : (bytes * ADDRESSES_PER_MEMORY >> 20) + " MiB of addresses for each process";
    }

    /** Nothing must run in it any more. */
    @Override
    public void close() {
        group.ifPresent(SmallBox::remove);
    }

    private static void remove(Path group) {
        try {
            Files.delete(group);
        } catch (IOException e) {
            System.err.println("the control group " + group + " stays: " + e);
        }
    }
}
