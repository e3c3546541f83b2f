package io.jenkins.plugins.builderfarm.coordinator.kernel;

import io.jenkins.plugins.builderfarm.coordinator.port.Events;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells the world what happened, once the lock was let go: events, and lines of the log. Guarded by the farm's lock. */
public final class Announcer {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.builderfarm.coordinator");

    private final FarmLock lock;
    private final Events listener;
    private final Mailbox events = new Mailbox();
    private final Mailbox lines = new Mailbox();
    private boolean changed;

    public Announcer(FarmLock lock, Events listener) {
        this.lock = lock;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    public void leaseLost(LeaseId lease, String reason) {
        lock.later(events, () -> listener.leaseLost(lease, reason));
        log(Level.INFO, lease + " is lost: " + reason);
    }

    public void machineReady(HostTypeName hostType) {
        lock.later(events, () -> listener.machineReady(hostType));
    }

    public void outdated(LeaseId lease) {
        lock.later(events, () -> listener.outdated(lease));
    }

    public void drained(LeaseId lease) {
        lock.later(events, () -> listener.drained(lease));
    }

    /** Notes that views look different now; listeners hear of it at the next {@link #tick}. */
    public void changed() {
        changed = true;
    }

    public void tick() {
        if (changed) {
            changed = false;
            lock.later(events, listener::changed);
        }
    }

    /** Not under the lock either, since nobody knows what a log's handlers do. */
    public void log(Level level, String line) {
        if (LOGGER.isLoggable(level)) {
            lock.later(lines, () -> LOGGER.log(level, line));
        }
    }
}
