package io.jenkins.plugins.builderfarm.coordinator.history;

import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of a machine when it isn't connected. Immutable.
 *
 * @param lastSeen when it last had a control connection, to the minute while it is connected
 * @param builds how many leases were used by a build
 * @param failures how many leases ended through the machine: refused, not taken up in time, vanished
 * @param releases the buildlets that it ran, latest first, at most {@value #MOST_RELEASES}
 * @param drained whether, and why, it gets no work until it is resumed
 */
public record MachineRecord(
        MachineId id,
        Instant firstSeen,
        Instant lastSeen,
        long builds,
        long failures,
        List<Run> releases,
        Optional<Drained> drained) {
    public static final int MOST_RELEASES = 5;

    public MachineRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(firstSeen, "firstSeen");
        Objects.requireNonNull(lastSeen, "lastSeen");
        Objects.requireNonNull(drained, "drained");
        releases = List.copyOf(releases);
    }

    /** A machine that isn't drained. */
    public MachineRecord(
            MachineId id, Instant firstSeen, Instant lastSeen, long builds, long failures, List<Run> releases) {
        this(id, firstSeen, lastSeen, builds, failures, releases, Optional.empty());
    }

    /** A buildlet, and when the machine first dialled in with it. */
    public record Run(Version buildlet, Instant since) {}
}
