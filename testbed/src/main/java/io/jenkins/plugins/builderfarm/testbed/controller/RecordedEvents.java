package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.port.Events;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which leases were lost, and why. Thread-safe. */
public final class RecordedEvents implements Events {
    private final Map<LeaseId, String> lost = new ConcurrentHashMap<>();

    @Override
    public void leaseLost(LeaseId lease, String reason) {
        lost.put(lease, reason);
    }

    @Override
    public void outdated(LeaseId lease) {
        // There are no spares without a Jenkins.
    }

    @Override
    public void drained(LeaseId lease) {
        // There are no spares without a Jenkins.
    }

    @Override
    public void machineReady(HostTypeName hostType) {
        // Whoever wants a machine here asks for it until there is one.
    }

    @Override
    public void changed() {
        // The JSON page is made anew for every request.
    }

    /** Why the lease was lost; empty if it wasn't. */
    public Optional<String> lost(LeaseId lease) {
        return Optional.ofNullable(lost.get(lease));
    }
}
