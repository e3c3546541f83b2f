package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.memory.Histories;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

/**
 * Machines come and go here. A second connection under a name waits until the first one has proved alive or dead; a
 * machine that comes back with the lease it had goes on with it. Guarded by the farm's lock.
 */
final class Entrance {
    private final Context context;
    private final Histories histories;
    private final Machines machines;
    private final Leases leases;
    private final Updates updates;
    private final HealthChecks health;

    Entrance(Context context, Histories histories, Machines machines, Leases leases, Updates updates) {
        this.context = context;
        this.histories = histories;
        this.machines = machines;
        this.leases = leases;
        this.updates = updates;
        this.health = new HealthChecks(context, machines, this::drop);
    }

    HealthChecks health() {
        return health;
    }

    /** A machine that has proved itself, and that the configuration has no objection to. */
    void admit(Applicant applicant, Roster roster) {
        Hello hello = applicant.hello();
        Machine machine = roster.get(hello.machine().hostname());
        if (machine == null) {
            enter(applicant, machines.create(roster, hello.machine(), MachineState.CONNECTING));
        } else if (machine.session == null || machine.done || holdsItsLease(machine, hello)) {
            enter(applicant, machine);
        } else {
            challenge(applicant, machine);
        }
    }

    /** Only the machine itself knows the random name of its lease. */
    private static boolean holdsItsLease(Machine machine, Hello hello) {
        return machine.lease != null && hello.heldLease().equals(Optional.of(machine.lease.id));
    }

    private void challenge(Applicant applicant, Machine machine) {
        if (machine.challenger != null) {
            machine.challenger.turnAway("a third connection claims the name");
        }
        machine.challenger = applicant;
        health.ask(machine, context.timings().handshake());
    }

    private void enter(Applicant applicant, Machine machine) {
        if (machine.session == null) {
            machine.roster.connected++;
        } else {
            replace(machine);
        }
        Hello hello = applicant.hello();
        machine.session = applicant;
        machine.facts = shared(hello.facts());
        machine.generation = hello.generation();
        machine.notes = hello.notes();
        machine.reasons = List.of();
        machine.ready = false;
        machine.done = false;
        machine.releasing = null;
        machine.exit.cancel();
        applicant.welcome(machine);
        histories.connected(machine.history, machine.facts.buildlet());
        updates.returned(machine);
        health.begin(machine);
        resume(machine, hello.heldLease());
        context.announcer().changed();
        context.announcer().log(Level.FINE, machine + " dialled in from " + applicant.address());
    }

    private void replace(Machine machine) {
        health.end(machine);
        if (machine.challenger != null) {
            machine.challenger.turnAway("the machine itself came back");
            machine.challenger = null;
        }
        machine.session.dismissed();
        machine.session.line().close("replaced");
    }

    /** What the machine does from now on, by the lease that it says it holds. */
    private void resume(Machine machine, Optional<LeaseId> held) {
        if (machine.lease != null && held.equals(Optional.of(machine.lease.id))) {
            leases.attached(machine.lease);
            return;
        }
        if (machine.lease != null) {
            leases.forsaken(machine.lease, "the machine came back without it", true);
        }
        if (machine.state != MachineState.CONNECTING) {
            machines.busy(machine, MachineState.CONNECTING);
        }
        held.ifPresent(lease -> machines.release(machine, lease, false));
    }

    /** Ten thousand machines have few kinds of systems between them. */
    private static Facts shared(Facts facts) {
        return new Facts(
                facts.os().intern(),
                facts.arch().intern(),
                facts.cpus(),
                facts.memory(),
                facts.disk(),
                facts.java().intern(),
                shared(facts.buildlet()),
                facts.stage0().map(Entrance::shared),
                facts.boot(),
                facts.workDir().intern());
    }

    private static Version shared(Version version) {
        return new Version(version.value().intern());
    }

    /** The challenger gave up waiting. */
    void withdrawn(Applicant applicant, Machine machine) {
        if (machine.challenger == applicant) {
            machine.challenger = null;
        }
    }

    void answered(Machine machine, long sequence) {
        if (health.answered(machine, sequence) && machine.challenger != null) {
            Applicant second = machine.challenger;
            machine.challenger = null;
            machines.duplicate(machine);
            second.turnAway("the machine of this name at " + machine.session.address() + " is alive");
        }
    }

    /** Gives the connection up. */
    void drop(Machine machine, String why) {
        Applicant session = machine.session;
        session.dismissed();
        session.line().close("dropped");
        context.announcer().log(Level.INFO, machine + " is dropped: " + why);
        left(machine, why);
    }

    /** The connection is gone. */
    void left(Machine machine, String why) {
        Applicant next = machine.challenger;
        Roster roster = machine.roster;
        context.announcer().log(Level.FINE, machine + " left: " + why);
        machine.challenger = null;
        health.end(machine);
        machine.exit.cancel();
        machine.session = null;
        roster.connected--;
        histories.disconnected(machine.history);
        if (machine.lease == null) {
            machines.remove(machine);
        } else {
            leases.detached(machine.lease);
        }
        context.announcer().changed();
        if (next != null) {
            admit(next, roster);
        }
    }
}
