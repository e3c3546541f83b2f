package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;

/**
 * One machine given for one build.
 *
 * @param id never used before; also the node's name
 * @param facts what the machine said of itself when it dialled in
 */
public record Lease(LeaseId id, MachineId machine, Facts facts) {}
