package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Objection;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.coordinator.memory.Histories;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.Drain;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.Release;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All machines that are connected or leased, and the one place where their state changes. Guarded by the farm's lock.
 */
final class Machines {
    /** How long a machine that was told to leave may take: it has nothing to clean up. */
    private static final Duration LEAVE = Duration.ofSeconds(60);

    /** Said to the machine itself, whose owner hears no more than that it is refused once it dials in again. */
    private static final String GONE = "the host type is not configured any more: it was removed,"
            + " or has another name now, under which its machines need another builder key";

    /** How long a second machine of a name is shown after it last dialled in. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final Context context;
    private final Histories histories;
    private final Machine.Hooks hooks;

    /** Hears of every machine that has come to wait for a build, idle or as a spare. */
    private final Consumer<Machine> waiting;

    private final Map<HostTypeName, Roster> rosters = new HashMap<>();

    Machines(Context context, Histories histories, Machine.Hooks hooks, Consumer<Machine> waiting) {
        this.context = context;
        this.histories = histories;
        this.hooks = hooks;
        this.waiting = waiting;
    }

    /** Null if the host type is neither configured nor has leases left. */
    Roster roster(HostTypeName name) {
        return rosters.get(name);
    }

    /** The roster of a host type, made with these settings if there is none. */
    Roster roster(HostTypeName name, HostTypeSettings settings) {
        return rosters.computeIfAbsent(name, key -> new Roster(settings));
    }

    List<Roster> rosters() {
        return new ArrayList<>(rosters.values());
    }

    /** Forgets host types that are no longer configured and have no machine left. */
    void prune() {
        rosters.values().removeIf(roster -> !roster.configured && roster.isEmpty());
    }

    /** Null if the machine is neither connected nor leased. */
    Machine find(MachineId id) {
        Roster roster = rosters.get(id.hostType());
        return roster == null ? null : roster.get(id.hostname());
    }

    Machine create(Roster roster, MachineId id, MachineState state) {
        // The roster's name, since ten thousand machines need not each hold a copy.
        MachineId shared = new MachineId(roster.name(), id.hostname());
        Machine machine = new Machine(roster, histories.arrive(shared), hooks);
        machine.state = state;
        machine.since = context.time().instant();
        roster.add(machine);
        context.announcer().changed();
        return machine;
    }

    void move(Machine machine, MachineState state) {
        machine.roster.move(machine, state);
        machine.since = context.time().instant();
        context.announcer().changed();
        if (state == MachineState.SPARE) {
            waiting.accept(machine);
        }
    }

    /**
     * The machine can be leased, unless the configuration has an objection by now: then it is sent away. A drained one
     * is set aside.
     *
     * @param asBefore whether it was idle before, and its lease was given back: it is the first one to be leased then
     */
    void idle(Machine machine, boolean asBefore) {
        Optional<Objection> objection = objection(machine);
        if (objection.isPresent()) {
            drain(machine, reason(objection.get()), objection.get().detail());
            return;
        }
        if (machine.history.isDrained()) {
            setAside(machine);
            return;
        }
        move(machine, MachineState.IDLE);
        if (!machine.suspect) {
            enqueue(machine, asBefore);
        }
        waiting.accept(machine);
    }

    /** The machine gets no work for now. */
    void setAside(Machine machine) {
        if (machine.state == MachineState.SET_ASIDE) {
            context.announcer().changed();
        } else {
            busy(machine, MachineState.SET_ASIDE);
        }
    }

    private void enqueue(Machine machine, boolean first) {
        if (first) {
            machine.roster.idle.addFirst(machine);
        } else {
            machine.roster.idle.addLast(machine);
        }
        context.announcer().machineReady(machine.roster.name());
    }

    /** The machine no longer waits for a lease: as {@link #move}, from {@link MachineState#IDLE}. */
    void busy(Machine machine, MachineState state) {
        machine.roster.idle.remove(machine);
        move(machine, state);
    }

    /** Its health check is late: it keeps its state, but isn't leased. */
    void suspect(Machine machine) {
        machine.suspect = true;
        machine.roster.idle.remove(machine);
    }

    /** It answered after all. */
    void trust(Machine machine) {
        if (machine.suspect) {
            machine.suspect = false;
            if (machine.state == MachineState.IDLE) {
                enqueue(machine, false);
            }
        }
    }

    /** The machine has to clean up after a lease that has ended, and then to leave. */
    void release(Machine machine, LeaseId lease, boolean reboot) {
        machine.releasing = lease;
        if (!machine.done) {
            machine.session.line().send(new Release(lease, reboot));
        }
        move(machine, MachineState.RELEASING);
        context.set(machine.exit, context.timings().release());
    }

    /** Sends a machine without a lease away. */
    void drain(Machine machine, DrainReason reason, String note) {
        machine.session.line().send(new Drain(reason, note));
        busy(machine, MachineState.LEAVING);
        context.set(machine.exit, LEAVE);
    }

    /** The machine said that it leaves. */
    void leaving(Machine machine) {
        machine.done = true;
        if (machine.state != MachineState.RELEASING) {
            busy(machine, MachineState.LEAVING);
        }
        context.set(machine.exit, LEAVE);
    }

    /** The machine is neither connected nor leased any more. */
    void remove(Machine machine) {
        machine.health.cancel();
        machine.exit.cancel();
        unique(machine);
        machine.roster.remove(machine);
        histories.leave(machine.history);
        context.announcer().changed();
    }

    /** Notes that a second machine uses this one's name. */
    void duplicate(Machine machine) {
        if (machine.duplicate == null) {
            machine.roster.duplicates++;
            machine.duplicateEnd = new Timer(() -> unique(machine));
        }
        machine.duplicate = context.time().instant();
        context.set(machine.duplicateEnd, LATELY);
        context.announcer().changed();
    }

    private void unique(Machine machine) {
        if (machine.duplicate != null) {
            machine.duplicate = null;
            machine.duplicateEnd.cancel();
            machine.roster.duplicates--;
            context.announcer().changed();
        }
    }

    /** What the configuration has against a machine that was let in. */
    Optional<Objection> objection(Machine machine) {
        if (machine.facts == null) {
            return Optional.empty();
        }
        Roster roster = machine.roster;
        Optional<Objection> objection =
                roster.settings.objection(machine.hostname(), machine.generation, machine.facts.buildlet());
        return roster.configured ? objection : objection.map(Machines::gone);
    }

    /** A host type that is gone counts as disabled, which says too little. */
    private static Objection gone(Objection objection) {
        return objection.kind() == Objection.Kind.HOST_TYPE_DISABLED
                ? new Objection(objection.kind(), GONE)
                : objection;
    }

    static DrainReason reason(Objection objection) {
        return switch (objection.kind()) {
            case KEY_REVOKED -> DrainReason.KEY_REVOKED;
            case MACHINE_DENIED, MACHINE_NOT_PINNED -> DrainReason.MACHINE_DENIED;
            case HOST_TYPE_DISABLED -> DrainReason.HOST_TYPE_DISABLED;
            case BUILDLET_TOO_OLD -> DrainReason.NEWER_BUILDLET;
        };
    }
}
