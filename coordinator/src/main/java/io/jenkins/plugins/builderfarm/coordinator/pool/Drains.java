package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.memory.Histories;
import io.jenkins.plugins.builderfarm.coordinator.memory.History;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Optional;

/**
 * Machines that are to get no work until they are resumed. A drained machine stays connected, so that everybody sees it
 * and why it waits; it is part of its history, so that it holds while the machine is away. Guarded by the farm's lock.
 */
final class Drains {
    private final Context context;
    private final Histories histories;
    private final Machines machines;

    Drains(Context context, Histories histories, Machines machines) {
        this.context = context;
        this.histories = histories;
        this.machines = machines;
    }

    /** @return false if no such machine is known */
    boolean drain(MachineId id, String by, String why) {
        Optional<History> history = history(id);
        if (history.isEmpty()) {
            return false;
        }
        histories.drained(history.get(), Limits.note(by), Limits.note(why));
        context.announcer().changed();
        Machine machine = machines.find(id);
        if (machine != null && machine.state == MachineState.IDLE) {
            machines.setAside(machine);
        } else if (machine != null) {
            consider(machine);
        }
        return true;
    }

    /** @return false if no such machine is known, or it isn't drained */
    boolean resume(MachineId id) {
        Optional<History> history = history(id).filter(History::isDrained);
        if (history.isEmpty()) {
            return false;
        }
        histories.resumed(history.get());
        context.announcer().changed();
        Machine machine = machines.find(id);
        if (machine != null && machine.state == MachineState.SET_ASIDE && machine.ready) {
            machines.idle(machine, false);
        }
        return true;
    }

    /** A machine waits, for a lease or as a spare: a spare whose machine is drained is to be given back. */
    void consider(Machine machine) {
        if (machine.state == MachineState.SPARE && machine.history.isDrained()) {
            context.announcer().drained(machine.lease.id);
        }
    }

    private Optional<History> history(MachineId id) {
        Machine machine = machines.find(id);
        return machine != null
                ? Optional.of(machine.history)
                : histories.absentees(id.hostType()).find(id.hostname());
    }
}
