package io.jenkins.plugins.builderfarm.buildlet.machine;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends the processes that a build left running. They are this JVM's descendants and, on Linux, also those that got away
 * from it but have the lease in their environment (Jenkins gives every build {@code NODE_NAME}) or their current
 * directory in the work directory. This process and its ancestors are never among them.
 */
public final class Leftovers {
    private static final int ROUNDS = 10;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 5;

    private final Path workDirectory;
    private final ProcessTable table;
    private final Log log;
    private final Set<ProcessHandle> spared = new HashSet<>();

    /** What runs below this JVM already is not a build's, and is left alone. */
    public Leftovers(Path workDirectory, ProcessTable table, Log log) {
        this.workDirectory = workDirectory;
        this.table = table;
        this.log = log;
        ProcessHandle.current().descendants().forEach(spared::add);
        Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
        while (process.isPresent() && spared.add(process.get())) {
            process = process.get().parent();
        }
    }

    /**
     * Kills them and waits until they are gone, some seconds at most.
     *
     * @param leases whose processes to look for
     * @return those that would not go, in words; empty if none is left
     */
    public Optional<String> kill(Collection<LeaseId> leases) {
        Set<Long> named = new HashSet<>();
        boolean patient = true;
        for (int round = 0; patient && round < ROUNDS; round++) {
            List<ProcessHandle> found = find(leases);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            for (ProcessHandle process : found) {
                if (named.add(process.pid())) {
                    log.line("ending a process that the build left: " + name(process));
                }
                process.destroyForcibly();
            }
            patient = await(found);
        }
        List<ProcessHandle> stubborn = find(leases);
        return stubborn.isEmpty()
                ? Optional.empty()
                : Optional.of("processes of the build don't end: "
                        + stubborn.stream().map(Leftovers::name).collect(Collectors.joining(", ")));
    }

    private List<ProcessHandle> find(Collection<LeaseId> leases) {
        Set<ProcessHandle> found = new HashSet<>();
        Stream.concat(
                        ProcessHandle.current().descendants(),
                        table.marked(leases.stream().map(LeaseId::value).collect(Collectors.toSet()), workDirectory))
                .filter(process -> !spared.contains(process))
                .filter(this::isAlive)
                .forEach(found::add);
        return new ArrayList<>(found);
    }

    /** Looks again and again: Java tells at once only of a child's end, and of a zombie's never. */
    private boolean await(List<ProcessHandle> processes) {
        long deadline = System.nanoTime() + ROUND.toNanos();
        try {
            while (processes.stream().anyMatch(this::isAlive) && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !table.isZombie(process);
    }

    /** Without its arguments, which may hold a secret. */
    private static String name(ProcessHandle process) {
        return process.info().command().orElse("?") + " (process " + process.pid() + ")";
    }
}
