package io.jenkins.plugins.builderfarm.farm;

import hudson.ExtensionPoint;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;

/** Told of the coordinator's events, in order, on one thread of the farm's own that holds no lock. */
public interface FarmListener extends ExtensionPoint {
    /**
     * A lease ended without having been asked to: its node must go.
     *
     * @param reason for people
     */
    default void leaseLost(LeaseId lease, String reason) {}

    /** A machine of the host type can be leased that could not before. */
    default void machineReady(HostTypeName hostType) {}

    /** A spare runs a buildlet that isn't the newest any more: to be given back unless a build takes it just now. */
    default void outdated(LeaseId lease) {}

    /** A spare's machine is drained: as {@link #outdated}. */
    default void drained(LeaseId lease) {}
}
