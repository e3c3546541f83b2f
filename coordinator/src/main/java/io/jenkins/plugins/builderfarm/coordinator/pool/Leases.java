package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.memory.Histories;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

/**
 * The leases that have not ended, and how they end: asked for, or lost. Guarded by the farm's lock; every lease leaves
 * the map in {@link #forget} alone, which is why each ends once.
 */
final class Leases {
    private final Context context;
    private final Histories histories;
    private final Machines machines;
    private final Map<LeaseId, LiveLease> live = new HashMap<>();

    Leases(Context context, Histories histories, Machines machines) {
        this.context = context;
        this.histories = histories;
        this.machines = machines;
    }

    /** Null if the lease has ended. */
    LiveLease find(LeaseId id) {
        return live.get(id);
    }

    /** @param id to be used if there is a machine */
    Optional<Lease> reserve(HostTypeName hostType, LeaseId id) {
        Roster roster = machines.roster(hostType);
        Machine machine = roster == null ? null : roster.idle.first();
        if (machine == null || live.containsKey(id)) {
            return Optional.empty();
        }
        LiveLease lease = add(id, machine);
        machines.busy(machine, MachineState.RESERVED);
        await(lease, context.timings().accept(), "it was not started");
        return Optional.of(new Lease(id, machine.id(), machine.facts));
    }

    private LiveLease add(LeaseId id, Machine machine) {
        LiveLease lease = new LiveLease(id, machine, expired -> lost(expired, expired.overdue, true));
        live.put(id, lease);
        machine.lease = lease;
        return lease;
    }

    private void await(LiveLease lease, Duration duration, String otherwise) {
        lease.overdue = otherwise + " within " + duration.toSeconds() + " seconds";
        context.set(lease.deadline, duration);
    }

    boolean start(LeaseId id, String secret) {
        LiveLease lease = live.get(id);
        if (lease == null) {
            return false;
        }
        if (lease.told) {
            throw new IllegalStateException(id + " was started before");
        }
        lease.told = true;
        lease.machine.session.line().send(new ControllerMessage.Lease(id, secret));
        await(lease, context.timings().accept(), "the machine did not accept it");
        restate(lease);
        return true;
    }

    boolean cancel(LeaseId id) {
        LiveLease lease = live.get(id);
        if (lease == null || lease.used) {
            return false;
        }
        end(lease);
        return true;
    }

    boolean release(LeaseId id) {
        LiveLease lease = live.get(id);
        if (lease == null) {
            return false;
        }
        end(lease);
        return true;
    }

    void agentOnline(LeaseId id) {
        LiveLease lease = live.get(id);
        if (lease != null && lease.told) {
            lease.agentOnline = true;
            lease.accepted = true;
            lease.deadline.cancel();
            restate(lease);
        }
    }

    void agentOffline(LeaseId id) {
        LiveLease lease = live.get(id);
        if (lease != null && lease.agentOnline) {
            lease.agentOnline = false;
            if (lease.machine.session == null) {
                vanishing(lease);
            } else {
                await(lease, context.timings().online(), "its agent did not come back");
            }
            restate(lease);
        }
    }

    boolean used(LeaseId id) {
        LiveLease lease = live.get(id);
        if (lease == null) {
            return false;
        }
        if (!lease.used) {
            lease.used = true;
            histories.built(lease.machine.history);
            restate(lease);
        }
        return true;
    }

    private void restate(LiveLease lease) {
        if (lease.machine.state != lease.state()) {
            machines.move(lease.machine, lease.state());
        }
    }

    /** A lease that outlived the controller; its machine has no connection yet. */
    void expect(ExpectedLease expected, Machine machine) {
        LiveLease lease = add(expected.id(), machine);
        lease.told = true;
        lease.accepted = true;
        lease.used = expected.used();
        restate(lease);
        await(lease, context.timings().restartGrace(), "neither machine nor agent came back after a restart");
    }

    /** The machine is connected again and holds the lease. */
    void attached(LiveLease lease) {
        lease.told = true;
        lease.accepted = true;
        long online = context.timings().online().toMillis();
        boolean enough = lease.deadline.isWaiting()
                && lease.deadline.due() - context.time().now() > online;
        if (!lease.agentOnline && !enough) {
            await(lease, context.timings().online(), "its agent did not come online");
        }
        restate(lease);
    }

    /** The machine lost its control connection. */
    void detached(LiveLease lease) {
        if (!lease.told) {
            lost(lease, "the machine disconnected before it was told", true);
        } else if (!lease.agentOnline) {
            vanishing(lease);
        }
    }

    private void vanishing(LiveLease lease) {
        await(lease, context.timings().vanished(), "neither machine nor agent came back");
    }

    private static boolean isToldOf(Machine machine, LeaseId id) {
        return machine.lease != null && machine.lease.told && machine.lease.id.equals(id);
    }

    void accepted(Machine machine, LeaseId id) {
        if (isToldOf(machine, id) && !machine.lease.accepted) {
            machine.lease.accepted = true;
            await(machine.lease, context.timings().online(), "its agent did not come online");
        }
    }

    void failed(Machine machine, LeaseId id, String reason) {
        if (isToldOf(machine, id)) {
            lost(machine.lease, "the machine said: " + reason, true);
        }
    }

    void released(Machine machine, LeaseId id, Optional<String> problem) {
        problem.ifPresent(text ->
                context.announcer().log(Level.WARNING, machine.id() + " could not clean up after " + id + ": " + text));
        boolean early = isToldOf(machine, id);
        if (early) {
            forsaken(machine.lease, "the machine ended it", true);
        }
        if (early || id.equals(machine.releasing)) {
            machines.leaving(machine);
        }
    }

    /**
     * Ends a lease that nobody asked to end; its machine cleans up, if it is there.
     *
     * @param failure whether it counts against the machine
     */
    void lost(LiveLease lease, String reason, boolean failure) {
        announce(lease, reason, failure);
        end(lease);
    }

    /** Ends a lease of which the machine wants nothing any more: what it does next is the caller's to say. */
    void forsaken(LiveLease lease, String reason, boolean failure) {
        announce(lease, reason, failure);
        forget(lease);
    }

    private void announce(LiveLease lease, String reason, boolean failure) {
        if (failure) {
            histories.failed(lease.machine.history);
        }
        context.announcer().leaseLost(lease.id, reason);
    }

    private void forget(LiveLease lease) {
        live.remove(lease.id);
        lease.deadline.cancel();
        lease.machine.lease = null;
    }

    private void end(LiveLease lease) {
        forget(lease);
        Machine machine = lease.machine;
        if (machine.session == null) {
            machines.remove(machine);
        } else if (lease.told) {
            machines.release(machine, lease.id, lease.used && machine.roster.settings.rebootAfterBuild());
        } else {
            machines.idle(machine, true);
        }
    }
}
