package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Objects;

/**
 * A lease that outlived the controller, as its node tells it.
 *
 * @param used whether a build has taken it
 */
public record ExpectedLease(LeaseId id, MachineId machine, boolean used) {
    public ExpectedLease {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(machine, "machine");
    }
}
