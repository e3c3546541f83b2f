package io.jenkins.plugins.builderfarm.coordinator;

import io.jenkins.plugins.builderfarm.coordinator.admission.Admission;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.pool.Pool;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The farm's mind: who is let in, which machine does what, and what became of its lease. It has no threads, no network
 * and no clock of its own: the transport opens sessions, something calls {@link #tick} once a second.
 *
 * <p>Thread-safe. One lock guards all of it; {@link Connection} and {@code Events} are called after it was let go, so
 * any method may be called with locks held that those don't take. No method blocks on anything but that lock.
 *
 * <p>The life of a lease: {@link #reserve}, {@link #start}, {@link #agentOnline}, {@link #used}, {@link #release}. It
 * ends exactly once: by {@link #release}, by {@link #cancel}, or by {@code Events.leaseLost}. Every method that takes a
 * lease which has ended does nothing, so callers need not know who was first.
 */
public final class Coordinator implements AutoCloseable {
    private final Context context;
    private final Pool pool;
    private final Admission admission;

    /** Guarded by the lock. */
    private boolean closed;

    public Coordinator(Ports ports) {
        this(ports, Timings.DEFAULT, Bounds.DEFAULT);
    }

    public Coordinator(Ports ports, Timings timings, Bounds bounds) {
        this.context = new Context(ports, timings, bounds);
        this.pool = new Pool(context);
        this.admission = new Admission(context, pool);
    }

    /**
     * Takes over a changed configuration: machines that it no longer lets in are sent away, those with a lease after
     * that ended. Before the first call nobody gets past {@link #tryUpgrade}.
     */
    public void configure(FarmSettings settings) {
        context.lock().run(() -> {
            if (!closed) {
                admission.configure(settings);
                pool.configure(settings);
            }
        });
    }

    /**
     * Asks, before an HTTP upgrade, whether one more stranger may be heard.
     *
     * @return empty if too many are being heard: answer 503 and {@link #retryAfter}
     */
    public Optional<Ticket> tryUpgrade(String address) {
        return admission.tryUpgrade(address);
    }

    /** Whole seconds for the header {@code Retry-After}: 1 to 30, at random, so that a crowd spreads out. */
    public Duration retryAfter() {
        return admission.retryAfter();
    }

    /**
     * The upgrade succeeded: sends the challenge.
     *
     * @throws IllegalStateException if the ticket was opened already; an expired one is closed at once instead
     */
    public Session open(Ticket ticket, Connection connection) {
        return admission.open(ticket, connection);
    }

    /**
     * Makes a lease for the machine of the host type that has been idle longest. The machine isn't told yet.
     *
     * @return empty if none is idle, or the coordinator was closed
     */
    public Optional<Lease> reserve(HostTypeName hostType) {
        LeaseId id = pool.newLeaseId(hostType);
        return context.lock().get(() -> closed ? Optional.empty() : pool.reserve(hostType, id));
    }

    /**
     * Tells the machine to start the agent. From now on deadlines run.
     *
     * @param secret the Jenkins agent's, good for the node of the lease's name
     * @return false if the lease has ended meanwhile; {@code Events.leaseLost} has said so or will
     * @throws IllegalStateException if it was started before
     */
    public boolean start(LeaseId lease, String secret) {
        return context.lock().get(() -> pool.start(lease, secret));
    }

    /**
     * Ends a lease that no build has taken: a machine that was not told of it is idle again, else it is released.
     *
     * @return false, and nothing happens, if a build has taken it or it has ended
     */
    public boolean cancel(LeaseId lease) {
        return context.lock().get(() -> pool.cancel(lease));
    }

    /** The lease's agent is connected to Jenkins. */
    public void agentOnline(LeaseId lease) {
        context.lock().run(() -> pool.agentOnline(lease));
    }

    /** The lease's agent lost its connection to Jenkins; it may come back. */
    public void agentOffline(LeaseId lease) {
        context.lock().run(() -> pool.agentOffline(lease));
    }

    /**
     * A build has taken the lease.
     *
     * @return false if the lease has ended: the build must not go on
     */
    public boolean used(LeaseId lease) {
        return context.lock().get(() -> pool.used(lease));
    }

    /**
     * The build is over, or the node is gone: ends the lease, and the machine cleans up and comes back anew.
     *
     * @return false if it had ended before
     */
    public boolean release(LeaseId lease) {
        return context.lock().get(() -> pool.release(lease));
    }

    /**
     * After a restart, before the first {@link #configure}: there is a node for this lease. Its machine is waited for; the lease
     * is lost if it comes back without, or not in time.
     */
    public void expect(ExpectedLease lease) {
        context.lock().run(() -> pool.expect(lease));
    }

    /**
     * Gives a machine no more work until {@link #resume}: an idle one is set aside, one with a lease when that has ended,
     * a spare is announced by {@code Events.drained}. It holds while the machine is gone and across restarts, for as long
     * as the machine is remembered. Draining again changes who and why.
     *
     * @param by who wants it, for people
     * @param why for people; may be empty, is cut where it is long
     * @return false if no such machine is known
     */
    public boolean drain(MachineId machine, String by, String why) {
        return context.lock().get(() -> pool.drain(machine, by, why));
    }

    /**
     * Ends what {@link #drain} began. A machine that can work may be leased at once.
     *
     * @return false if no such machine is known, or it isn't drained
     */
    public boolean resume(MachineId machine) {
        return context.lock().get(() -> pool.resume(machine));
    }

    /** Whether the lease has not ended. */
    public boolean isLive(LeaseId lease) {
        return context.lock().get(() -> pool.isLive(lease));
    }

    /**
     * To be called about once a second: deadlines, health checks, drains, history. A gap of more than five seconds
     * between two calls (a suspended computer, a clock set forward) counts as five, so that it makes no machine late.
     */
    public void tick() {
        Optional<Manifest> manifest = context.ports().releases().manifest();
        context.lock().run(() -> {
            if (!closed) {
                context.time().advance();
                context.wheel().advance(context.time().now());
                pool.tick(manifest);
                context.announcer().tick();
            }
        });
    }

    /** The latest refusals, newest first. */
    public List<Refusal> refusals() {
        return admission.refusals();
    }

    /** Everything, for a page; costs in proportion to the pool. */
    public PoolView snapshot() {
        // Sorting takes as long as looking, and needs no lock.
        return context.lock().get(pool::snapshot).sorted();
    }

    /** One reverse host type, quick at any size of the pool. */
    public Optional<HostTypeView> hostType(HostTypeName name) {
        return context.lock().get(() -> pool.hostType(name));
    }

    /** The machine that holds a lease, quick at any size of the pool; empty if the lease has ended. */
    public Optional<MachineView> machine(LeaseId lease) {
        return context.lock().get(() -> pool.machine(lease));
    }

    /** How often all machines of a host type were gone through: a measure of work, for tests. */
    long scans() {
        return context.lock().get(pool::scans);
    }

    /** How many timers were looked at: a measure of work, for tests. */
    long examinedTimers() {
        return context.lock().get(context.wheel()::examined);
    }

    /** Saves the history and closes every connection; leases stay with their machines. Nobody is let in any more. */
    @Override
    public void close() {
        context.lock().run(() -> {
            if (!closed) {
                closed = true;
                admission.close();
                pool.close();
            }
        });
    }
}
