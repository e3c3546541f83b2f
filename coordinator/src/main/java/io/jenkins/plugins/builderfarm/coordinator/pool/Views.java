package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.memory.Absentees;
import io.jenkins.plugins.builderfarm.coordinator.memory.Histories;
import io.jenkins.plugins.builderfarm.coordinator.memory.History;
import io.jenkins.plugins.builderfarm.coordinator.view.Health;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes pictures of the pool. Guarded by the farm's lock. */
final class Views {
    /** From this share of the expected machines on, missing ones are an error. */
    private static final int ERROR_PERCENT = 15;

    private final Context context;
    private final Machines machines;
    private final Histories histories;

    Views(Context context, Machines machines, Histories histories) {
        this.context = context;
        this.machines = machines;
        this.histories = histories;
    }

    PoolView pool() {
        List<HostTypeView> hostTypes = new ArrayList<>();
        List<MachineView> views = new ArrayList<>();
        for (Roster roster : machines.rosters()) {
            if (roster.configured) {
                hostTypes.add(hostType(roster));
                histories.absentees(roster.name()).all().forEach(history -> views.add(absent(history)));
            }
            roster.all().forEach(machine -> views.add(machine(machine)));
        }
        return new PoolView(context.time().instant(), hostTypes, views);
    }

    HostTypeView hostType(Roster roster) {
        Absentees absentees = histories.absentees(roster.name());
        Map<MachineState, Integer> counts = new EnumMap<>(MachineState.class);
        for (MachineState state : MachineState.values()) {
            counts.put(state, roster.count(state));
        }
        counts.put(MachineState.MISSING, absentees.size());
        int missing = Math.max(0, roster.settings.expected() - roster.size() - absentees.returning());
        Optional<Instant> lastSeen =
                roster.connected > 0 ? Optional.of(context.time().instant()) : absentees.lastSeen();
        Health health = health(roster, missing);
        String problem = health == Health.OK ? "" : problem(roster, missing);
        return new HostTypeView(
                roster.settings, counts, roster.connected, missing, roster.duplicates, lastSeen, health, problem);
    }

    private static Health health(Roster roster, int missing) {
        if (roster.duplicates > 0 || 100 * missing >= ERROR_PERCENT * Math.max(1, roster.settings.expected())) {
            return Health.ERROR;
        }
        return missing > 0 || roster.count(MachineState.SET_ASIDE) > 0 ? Health.WARNING : Health.OK;
    }

    private static String problem(Roster roster, int missing) {
        HostTypeSettings settings = roster.settings;
        List<String> problems = new ArrayList<>();
        if (missing > 0) {
            problems.add(missing + " of " + settings.expected() + " machines missing");
        }
        if (roster.duplicates > 0) {
            problems.add(roster.duplicates + (roster.duplicates == 1 ? " name" : " names") + " claimed twice");
        }
        int setAside = roster.count(MachineState.SET_ASIDE);
        if (setAside > 0) {
            problems.add(setAside + " set aside");
        }
        String text = String.join(", ", problems);
        return settings.owner().isEmpty() ? text : text + "; ask " + settings.owner();
    }

    MachineView machine(Machine machine) {
        boolean connected = machine.session != null;
        return new MachineView(
                machine.id(),
                machine.state,
                machine.since,
                connected,
                connected ? machine.session.address() : "",
                Optional.ofNullable(machine.facts),
                Optional.ofNullable(machine.lease).map(lease -> lease.id),
                machine.generation,
                Optional.ofNullable(machine.duplicate),
                machine.notes,
                reasons(machine),
                connected ? machine.history.record(context.time().instant()) : machine.history.record());
    }

    private static List<String> reasons(Machine machine) {
        Optional<String> drained = machine.history.drainReason();
        if (machine.state != MachineState.SET_ASIDE || drained.isEmpty()) {
            return machine.reasons;
        }
        List<String> reasons = new ArrayList<>();
        reasons.add(drained.get());
        reasons.addAll(machine.reasons);
        return reasons;
    }

    private static MachineView absent(History history) {
        return new MachineView(
                history.id(),
                MachineState.MISSING,
                history.lastSeen(),
                false,
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                history.record());
    }
}
