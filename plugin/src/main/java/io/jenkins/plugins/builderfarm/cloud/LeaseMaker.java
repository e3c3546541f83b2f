package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Descriptor;
import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Makes a node of an idle machine. Stateless; used by the matcher's thread. */
final class LeaseMaker {
    private static final Logger LOGGER = Logger.getLogger(LeaseMaker.class.getName());

    private LeaseMaker() {}

    /**
     * Leases a machine: reserves it, adds its node, tells it to start the agent.
     *
     * @return null if no machine is idle or no node could be made
     */
    @CheckForNull
    static LeasedNode lease(HostTypeName hostType) {
        Coordinator coordinator = Farm.get().coordinator();
        Optional<Lease> reserved = coordinator.reserve(hostType);
        if (reserved.isEmpty()) {
            return null;
        }
        Lease lease = reserved.get();
        try {
            LeasedNode node = new LeasedNode(lease, System.currentTimeMillis());
            Jenkins.get().addNode(node);
            return start(coordinator, lease, node);
        } catch (IOException | Descriptor.FormException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "No node could be made for " + lease.machine());
            coordinator.cancel(lease.id());
            return null;
        }
    }

    @CheckForNull
    private static LeasedNode start(Coordinator coordinator, Lease lease, LeasedNode node) {
        Computer computer = node.toComputer();
        if (computer instanceof LeasedComputer leased && coordinator.start(lease.id(), leased.getJnlpMac())) {
            LOGGER.fine(() -> "Leased " + lease.machine() + " as " + lease.id());
            return node;
        }
        LeaseEndings.end(node, "the machine left before it was told");
        return null;
    }
}
