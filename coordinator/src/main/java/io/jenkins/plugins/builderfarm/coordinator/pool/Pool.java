package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.memory.Histories;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The machines that are here and their leases. Every method but {@link #newLeaseId} is to be called under the farm's lock. */
public final class Pool implements Machine.Hooks {
    private final Context context;
    private final Histories histories;
    private final Machines machines;
    private final Leases leases;
    private final Updates updates;
    private final Entrance entrance;
    private final Reconfiguration reconfiguration;
    private final Drains drains;
    private final Views views;
    private final LeaseNames names;

    public Pool(Context context) {
        this.context = context;
        this.names = new LeaseNames(context.ports().random());
        this.histories = new Histories(context);
        this.machines = new Machines(context, histories, this, this::waiting);
        this.leases = new Leases(context, histories, machines);
        this.updates = new Updates(context, machines);
        this.entrance = new Entrance(context, histories, machines, leases, updates);
        this.reconfiguration = new Reconfiguration(machines, leases, entrance);
        this.drains = new Drains(context, histories, machines);
        this.views = new Views(context, machines, histories);
    }

    /** The longest time that a machine that is well hears nothing. */
    public static Duration longestPause(Timings timings) {
        return HealthChecks.longestPause(timings.healthCheck());
    }

    private void waiting(Machine machine) {
        updates.consider(machine);
        drains.consider(machine);
    }

    @Override
    public void healthDue(Machine machine) {
        entrance.health().due(machine);
    }

    @Override
    public void exitOverdue(Machine machine) {
        entrance.drop(machine, "was to leave and did not");
    }

    public void configure(FarmSettings settings) {
        reconfiguration.apply(settings);
        context.announcer().changed();
    }

    /** The settings of a host type as the pool goes by them: also of one that is only kept for its leases. */
    public Optional<HostTypeSettings> settings(HostTypeName hostType) {
        return Optional.ofNullable(machines.roster(hostType)).map(roster -> roster.settings);
    }

    /** Whether the host type is configured, not merely kept for its leases. */
    public boolean isConfigured(HostTypeName hostType) {
        Roster roster = machines.roster(hostType);
        return roster != null && roster.configured;
    }

    /** Whether this very lease of this very machine has not ended. */
    public boolean holds(MachineId machine, LeaseId lease) {
        LiveLease found = leases.find(lease);
        return found != null && found.machine.id().equals(machine);
    }

    /** A machine that has proved itself, of a host type that {@link #settings} knows. */
    public void admit(Applicant applicant) {
        entrance.admit(applicant, machines.roster(applicant.hello().machine().hostType()));
    }

    /** A connection that waits at the door for another one's health is gone. */
    public void withdrawn(Applicant applicant) {
        Machine machine = machines.find(applicant.hello().machine());
        if (machine != null) {
            entrance.withdrawn(applicant, machine);
        }
    }

    /** A machine's connection is gone; a late call for one that was replaced does nothing. */
    public void closed(Machine machine, Applicant session, String why) {
        if (machine.session == session) {
            entrance.left(machine, why);
        }
    }

    /** The machine said what no machine has reason to say. */
    public void misbehaved(Machine machine, Applicant session, String what) {
        if (machine.session == session) {
            entrance.drop(machine, what);
        }
    }

    /** The machine said something; on a connection that was replaced nothing counts any more. */
    public void received(Machine machine, Applicant session, MachineMessage message) {
        if (machine.session != session) {
            return;
        }
        if (message instanceof MachineMessage.Health health) {
            entrance.answered(machine, health.sequence());
        } else if (message instanceof MachineMessage.Ready) {
            ready(machine);
        } else if (message instanceof MachineMessage.SetAside aside) {
            setAside(machine, aside);
        } else if (message instanceof MachineMessage.LeaseAccepted accepted) {
            leases.accepted(machine, accepted.lease());
        } else if (message instanceof MachineMessage.LeaseFailed failed) {
            leases.failed(machine, failed.lease(), failed.reason());
        } else if (message instanceof MachineMessage.Released released) {
            leases.released(machine, released.lease(), released.problem());
        } else if (message instanceof MachineMessage.Goodbye goodbye) {
            goodbye(machine, goodbye.reason());
        }
    }

    private void ready(Machine machine) {
        if (machine.state == MachineState.CONNECTING || machine.state == MachineState.SET_ASIDE) {
            machine.reasons = List.of();
            machine.ready = true;
            machines.idle(machine, false);
        }
    }

    private void setAside(Machine machine, MachineMessage.SetAside message) {
        if (machine.state == MachineState.RESERVED) {
            leases.forsaken(machine.lease, "the machine set itself aside: " + message.reasons(), false);
        } else if (machine.state != MachineState.CONNECTING
                && machine.state != MachineState.IDLE
                && machine.state != MachineState.SET_ASIDE) {
            return;
        }
        machine.reasons = message.reasons();
        machine.ready = false;
        machines.setAside(machine);
    }

    private void goodbye(Machine machine, String reason) {
        if (machine.lease != null) {
            leases.forsaken(machine.lease, "the machine left: " + reason, false);
        }
        machines.leaving(machine);
    }

    /** May be called without the lock. */
    public LeaseId newLeaseId(HostTypeName hostType) {
        return names.next(hostType);
    }

    public Optional<Lease> reserve(HostTypeName hostType, LeaseId id) {
        return leases.reserve(hostType, id);
    }

    public boolean start(LeaseId lease, String secret) {
        return leases.start(lease, secret);
    }

    public boolean cancel(LeaseId lease) {
        return leases.cancel(lease);
    }

    public void agentOnline(LeaseId lease) {
        leases.agentOnline(lease);
    }

    public void agentOffline(LeaseId lease) {
        leases.agentOffline(lease);
    }

    public boolean used(LeaseId lease) {
        return leases.used(lease);
    }

    public boolean release(LeaseId lease) {
        return leases.release(lease);
    }

    public boolean isLive(LeaseId lease) {
        return leases.find(lease) != null;
    }

    public void expect(ExpectedLease expected) {
        if (isLive(expected.id())) {
            return;
        }
        if (machines.find(expected.machine()) != null) {
            context.announcer().leaseLost(expected.id(), "the machine has no such lease");
            return;
        }
        HostTypeName hostType = expected.machine().hostType();
        Roster roster = machines.roster(hostType, HostTypeSettings.of(hostType).withDisabled(true));
        leases.expect(expected, machines.create(roster, expected.machine(), MachineState.STARTING));
    }

    public boolean drain(MachineId machine, String by, String why) {
        return drains.drain(machine, by, why);
    }

    public boolean resume(MachineId machine) {
        return drains.resume(machine);
    }

    /** @param manifest what the release feed says now */
    public void tick(Optional<Manifest> manifest) {
        updates.tick(manifest);
        histories.tick();
    }

    /** In no order. */
    public PoolView snapshot() {
        return views.pool();
    }

    public Optional<HostTypeView> hostType(HostTypeName name) {
        return Optional.ofNullable(machines.roster(name))
                .filter(roster -> roster.configured)
                .map(views::hostType);
    }

    public Optional<MachineView> machine(LeaseId lease) {
        return Optional.ofNullable(leases.find(lease)).map(found -> views.machine(found.machine));
    }

    /** Saves the history and closes every connection; to the machines it looks like a network that went away. */
    public void close() {
        for (Roster roster : machines.rosters()) {
            for (Machine machine : roster.all()) {
                if (machine.challenger != null) {
                    machine.challenger.turnAway("the controller goes down");
                    machine.challenger = null;
                }
                if (machine.session != null) {
                    histories.disconnected(machine.history);
                    machine.session.dismissed();
                    machine.session.line().close("the controller goes down");
                }
            }
        }
        histories.save();
    }

    /** How often all machines of some host type were gone through: a measure of work, for tests. */
    public long scans() {
        return machines.rosters().stream().mapToLong(Roster::scans).sum();
    }
}
