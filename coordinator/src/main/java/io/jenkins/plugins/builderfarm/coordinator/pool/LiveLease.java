package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.util.function.Consumer;

/** A lease that has not ended. Guarded by the farm's lock. */
final class LiveLease {
    final LeaseId id;
    final Machine machine;

    /** The machine was told to start the agent. */
    boolean told;

    boolean accepted;
    boolean agentOnline;
    boolean used;

    /** When the lease is lost unless something happens, and why it is then. */
    final Timer deadline;

    String overdue = "";

    LiveLease(LeaseId id, Machine machine, Consumer<LiveLease> expired) {
        this.id = id;
        this.machine = machine;
        this.deadline = new Timer(() -> expired.accept(this));
    }

    /** What the machine's state is because of this lease. */
    MachineState state() {
        if (used) {
            return MachineState.BUSY;
        }
        if (agentOnline) {
            return MachineState.SPARE;
        }
        return told ? MachineState.STARTING : MachineState.RESERVED;
    }
}
