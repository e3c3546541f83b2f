package io.jenkins.plugins.builderfarm.coordinator;

import io.jenkins.plugins.builderfarm.coordinator.port.Events;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what the coordinator announces. */
final class Happenings implements Events {
    /** Reason by lease. */
    final Map<LeaseId, String> lost = new ConcurrentHashMap<>();

    final List<LeaseId> lostTwice = new CopyOnWriteArrayList<>();
    final List<HostTypeName> ready = new CopyOnWriteArrayList<>();
    final List<LeaseId> outdated = new CopyOnWriteArrayList<>();
    final List<LeaseId> drained = new CopyOnWriteArrayList<>();
    volatile int changes;

    @Override
    public void leaseLost(LeaseId lease, String reason) {
        if (lost.put(lease, reason) != null) {
            lostTwice.add(lease);
        }
    }

    @Override
    public void machineReady(HostTypeName hostType) {
        ready.add(hostType);
    }

    @Override
    public void outdated(LeaseId lease) {
        outdated.add(lease);
    }

    @Override
    public void drained(LeaseId lease) {
        drained.add(lease);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void changed() {
        changes++;
    }
}
