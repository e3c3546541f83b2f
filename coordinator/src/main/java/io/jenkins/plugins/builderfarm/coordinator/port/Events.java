package io.jenkins.plugins.builderfarm.coordinator.port;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;

/**
 * What the coordinator tells the one who uses its leases. Never called under the coordinator's lock; one call at a time,
 * in the order in which things happened, on whatever thread made them happen: a WebSocket's, the ticker's, or one that
 * is inside another call of the coordinator and may hold locks of its own. So implementations must not block: they note
 * the event and act on a thread of theirs.
 */
public interface Events {
    /**
     * A lease ended without having been asked to: its node must go, what ran there is retried where Jenkins does that.
     * Called once for such a lease, never after {@code release} or {@code cancel} of it.
     *
     * @param reason for people
     */
    void leaseLost(LeaseId lease, String reason);

    /** A machine of the host type can be leased that could not before. */
    void machineReady(HostTypeName hostType);

    /**
     * A spare runs another buildlet than the release feed has for it. Nothing happens by itself, since a build may be
     * taking it this moment: cancel the lease when that is safe. Called for few
     * machines at a time, and again after a while if the lease is still there.
     */
    void outdated(LeaseId lease);

    /** A spare's machine is drained: as with {@link #outdated}, cancel the lease when that is safe. */
    void drained(LeaseId lease);

    /** Something that the views show changed; called at most once in each tick. */
    void changed();
}
