package io.jenkins.plugins.builderfarm.buildlet.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code /proc} tells of other processes; where there is none, nothing. Thread-safe. */
public final class ProcessTable {
    private static final int LARGEST_ENVIRONMENT = 1 << 20;

    private final Path proc;

    /** @param proc {@code /proc}, but for tests */
    public ProcessTable(Path proc) {
        this.proc = proc;
    }

    /** Processes that have one of the values in their environment, or their current directory in a directory. */
    Stream<ProcessHandle> marked(Set<String> values, Path directory) {
        if (!Files.isReadable(proc.resolve("self/environ"))) {
            return Stream.empty();
        }
        return ProcessHandle.allProcesses().filter(process -> isIn(directory, process) || hasOneOf(values, process));
    }

    /** Dead already, and only waiting for its parent to notice: a container's first process may never do. */
    boolean isZombie(ProcessHandle process) {
        try {
            String stat = Files.readString(entry(process, "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isIn(Path directory, ProcessHandle process) {
        try {
            return Files.readSymbolicLink(entry(process, "cwd")).startsWith(directory);
        } catch (IOException e) {
            return false; // another user's, or gone
        }
    }

    private boolean hasOneOf(Set<String> values, ProcessHandle process) {
        if (values.isEmpty()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(entry(process, "environ"))) {
            String environment = new String(in.readNBytes(LARGEST_ENVIRONMENT), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0"))
                    .anyMatch(variable -> values.contains(variable.substring(variable.indexOf('=') + 1)));
        } catch (IOException e) {
            return false; // another user's, or gone
        }
    }

    private Path entry(ProcessHandle process, String name) {
        return proc.resolve(Long.toString(process.pid())).resolve(name);
    }
}
