package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.farm.FarmListener;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.NodeListener;
import jenkins.util.Listeners;

/**
 * Every lease ends the same way: its node goes, and because it is gone the machine is released. What differs is only who
 * takes the node away: a build's end, a lost lease, a spare given back, an administrator.
 */
@Extension
public final class LeaseEndings extends NodeListener implements FarmListener {
    private static final Logger LOGGER = Logger.getLogger(LeaseEndings.class.getName());

    /**
     * Takes the node away, on another thread: callers may hold any lock. Only the first call counts.
     *
     * @param why for the log
     */
    static void end(LeasedNode node, String why) {
        if (node.beginEnding()) {
            removeSoon(node, why);
        }
    }

    /**
     * Takes the node away unless a build has it, or is just about to: takes the queue's lock for that.
     *
     * @param why for the log
     */
    static void giveBack(LeasedNode node, String why) {
        Queue.runWithLock(() -> {
            Computer computer = node.toComputer();
            if (node.isFree() && (computer == null || computer.isIdle()) && node.beginEnding()) {
                removeSoon(node, why);
            }
        });
    }

    private static void removeSoon(LeasedNode node, String why) {
        LOGGER.fine(() -> "Lease " + node.getNodeName() + " of " + node.machine() + " ends: " + why);
        Computer.threadPoolForRemoting.execute(() -> remove(node));
    }

    private static void remove(LeasedNode node) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            node.terminate();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Node " + node.getNodeName() + " could not be removed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // If no node was removed, because it was gone already, nobody else says so.
        nodeGone(node.leaseId());
    }

    /**
     * Tells of a machine that vanished under its build, if it has one.
     *
     * @param why for people
     */
    static void lost(LeasedNode node, String why) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            Usage usage = node.usage();
            Run<?, ?> build = usage == null || usage.run() == null ? null : Run.fromExternalizableId(usage.run());
            if (build != null) {
                Listeners.notify(LossListener.class, true, listener -> listener.lost(build, node.getNodeName(), why));
            }
        }
    }

    /** May be called more than once and with locks held. */
    static void nodeGone(LeaseId lease) {
        Farm.get().coordinator().release(lease);
        LeaseMatcher.get().wake();
    }

    @Override
    protected void onDeleted(Node node) {
        if (node instanceof LeasedNode leased) {
            leased.beginEnding();
            nodeGone(leased.leaseId());
        }
    }

    @Override
    public void leaseLost(LeaseId lease, String reason) {
        if (Jenkins.get().getNode(lease.value()) instanceof LeasedNode node) {
            LOGGER.info(() -> "Lease " + lease + " of " + node.machine() + " is lost: " + reason);
            lost(node, reason);
            end(node, reason);
        }
    }

    @Override
    public void outdated(LeaseId lease) {
        if (Jenkins.get().getNode(lease.value()) instanceof LeasedNode node) {
            giveBack(node, "there is a newer buildlet");
        }
    }

    @Override
    public void drained(LeaseId lease) {
        if (Jenkins.get().getNode(lease.value()) instanceof LeasedNode node) {
            giveBack(node, "its machine is drained");
        }
    }
}
