package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Objection;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Line;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.Drain;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes a changed configuration over: what it has against machines that are in is found once, here. Guarded by the
 * farm's lock.
 */
final class Reconfiguration {
    private final Machines machines;
    private final Leases leases;
    private final Entrance entrance;

    Reconfiguration(Machines machines, Leases leases, Entrance entrance) {
        this.machines = machines;
        this.leases = leases;
        this.entrance = entrance;
    }

    /** Looks only at machines of host types that changed. */
    void apply(FarmSettings farm) {
        Set<HostTypeName> names = new TreeSet<>(farm.hostTypes().keySet());
        machines.rosters().forEach(roster -> names.add(roster.name()));
        for (HostTypeName name : names) {
            Optional<HostTypeSettings> configured = farm.hostType(name);
            Roster roster = machines.roster(name, configured.orElse(null));
            HostTypeSettings before = roster.settings;
            boolean wasConfigured = roster.configured;
            roster.configured = configured.isPresent();
            // A host type that is gone lets its builds finish, as a disabled one does.
            roster.settings = configured.orElseGet(() -> before.withDisabled(true));
            if (!wasConfigured || !roster.settings.equals(before)) {
                roster.all().forEach(this::judge);
            }
        }
        machines.prune();
    }

    private void judge(Machine machine) {
        if (machine.challenger != null) {
            // It was found fit by the old configuration.
            machine.challenger.turnAway("the configuration changed");
            machine.challenger = null;
        }
        Optional<Objection> objection = machines.objection(machine);
        if (objection.isEmpty()) {
            return;
        }
        if (objection.get().kind().isAtOnce()) {
            cut(machine, objection.get());
        } else if (machine.state == MachineState.IDLE
                || machine.state == MachineState.SET_ASIDE
                || machine.state == MachineState.CONNECTING) {
            machines.drain(
                    machine, Machines.reason(objection.get()), objection.get().detail());
        }
    }

    /** Whatever the machine does, it is out. */
    private void cut(Machine machine, Objection objection) {
        boolean away = machine.session == null;
        if (machine.lease != null) {
            leases.forsaken(machine.lease, objection.detail(), false);
        }
        if (away) {
            machines.remove(machine);
            return;
        }
        Line line = machine.session.line();
        line.send(new Drain(Machines.reason(objection), objection.detail()));
        entrance.drop(machine, objection.detail());
    }
}
