package io.jenkins.plugins.builderfarm.coordinator.view;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One host type at one moment. Immutable.
 *
 * @param counts how many machines are in each state; states without machines are 0, {@link MachineState#MISSING} counts
 *     the known ones that are not connected
 * @param connected machines with a control connection
 * @param missing by how many machines the host type falls short of what is expected; not those on their way back
 * @param duplicates machines whose name another one claimed lately
 * @param lastSeen when a machine was last connected, now if one is; empty if there never was one
 * @param problem for people, with who to ask; empty if the health is {@link Health#OK}
 */
public record HostTypeView(
        HostTypeSettings settings,
        Map<MachineState, Integer> counts,
        int connected,
        int missing,
        int duplicates,
        Optional<Instant> lastSeen,
        Health health,
        String problem) {
    public HostTypeView {
        counts = Map.copyOf(counts);
    }

    public HostTypeName name() {
        return settings.name();
    }

    public int count(MachineState state) {
        return counts.getOrDefault(state, 0);
    }

    /** Machines with a lease that has not ended. */
    public int leased() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isLeased())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
