package io.jenkins.plugins.builderfarm.farm;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.builderfarm.coordinator.port.Events;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import jenkins.util.Listeners;

/** Carries events away from the coordinator's callers, who may hold any lock, in order. */
final class EventCarrier implements Events {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            new NamingThreadFactory(new DaemonThreadFactory(), "Builder Farm events"));

    @Override
    public void leaseLost(LeaseId lease, String reason) {
        tell(listener -> listener.leaseLost(lease, reason));
    }

    @Override
    public void machineReady(HostTypeName hostType) {
        tell(listener -> listener.machineReady(hostType));
    }

    @Override
    public void outdated(LeaseId lease) {
        tell(listener -> listener.outdated(lease));
    }

    @Override
    public void drained(LeaseId lease) {
        tell(listener -> listener.drained(lease));
    }

    @Override
    public void changed() {
        // Pages are made when they are asked for.
    }

    private void tell(Consumer<FarmListener> news) {
        thread.execute(() -> Listeners.notify(FarmListener.class, true, news));
    }
}
