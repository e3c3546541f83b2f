package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.slaves.OfflineCause;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.builderfarm.farm.Farm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Leases machines for what waits in the queue, within milliseconds, on one thread: Jenkins's own provisioner would take
 * seconds. Anything that might make a match wakes it; it then looks at everything anew.
 */
@Extension
public final class LeaseMatcher {
    private static final Logger LOGGER = Logger.getLogger(LeaseMatcher.class.getName());

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            new NamingThreadFactory(new DaemonThreadFactory(), "Builder Farm matcher"));
    private final AtomicBoolean woken = new AtomicBoolean();

    /** Written by the matcher's thread alone. */
    private volatile Map<Want, LeasedNode> given = Map.of();

    public static LeaseMatcher get() {
        return ExtensionList.lookupSingleton(LeaseMatcher.class);
    }

    /** Something changed. Never blocks; may be called with any lock held. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    /** The lease that the matcher meant for a waiting item; null if none. */
    LeasedNode givenTo(Want want) {
        return given.get(want);
    }

    /** Whether the lease is meant for some waiting item. */
    boolean isGiven(LeasedNode node) {
        return given.containsValue(node);
    }

    private void run() {
        woken.set(false);
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || jenkins.isTerminating() || !Farm.get().isOpen()) {
            return;
        }
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            // An item shows up in the list only when the maintenance that announced it lets go of the lock.
            Queue.runWithLock(() -> {});
            match(jenkins);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Leases could not be matched; the next event tries again", e);
        }
    }

    private void match(Jenkins jenkins) {
        List<Want> waiting = waiting(jenkins);
        List<LeasedNode> free = free(jenkins);
        Wants<Want, LeasedNode> wants = new Wants<>(waiting, given, free, Want::isServedBy);
        Map<Want, LeasedNode> now = new LinkedHashMap<>(wants.given());
        given = Map.copyOf(now);
        List<Want> unserved = new ArrayList<>();
        if (!jenkins.isQuietingDown()) {
            for (Want want : wants.unserved()) {
                LeasedNode node = lease(want);
                if (node == null) {
                    unserved.add(want);
                } else {
                    now.put(want, node);
                    given = Map.copyOf(now);
                }
            }
            Spares.keep(wants.left(), unserved);
        }
    }

    private static List<Want> waiting(Jenkins jenkins) {
        List<Want> waiting = new ArrayList<>();
        for (Queue.BuildableItem item : jenkins.getQueue().getBuildableItems()) {
            Want want = item.isPending() ? null : Want.of(item);
            if (want != null) {
                waiting.add(want);
            }
        }
        return waiting;
    }

    /** Leases that no build has taken, those whose agent is there first. */
    private static List<LeasedNode> free(Jenkins jenkins) {
        return jenkins.getNodes().stream()
                .filter(LeasedNode.class::isInstance)
                .map(LeasedNode.class::cast)
                .filter(node -> node.isFree() && !isHeldBack(node))
                .sorted(Comparator.comparing((LeasedNode node) -> !isOnline(node))
                        .thenComparing(LeasedNode::sinceMillis))
                .toList();
    }

    private static boolean isOnline(LeasedNode node) {
        Computer computer = node.toComputer();
        return computer != null && computer.isOnline();
    }

    /** Marked as offline by a person. */
    private static boolean isHeldBack(LeasedNode node) {
        Computer computer = node.toComputer();
        return computer != null && computer.getOfflineCause() instanceof OfflineCause.UserCause;
    }

    private static LeasedNode lease(Want want) {
        for (var hostType : want.hostTypes()) {
            LeasedNode node = hostType.isDisabled() ? null : LeaseMaker.lease(hostType.hostTypeName());
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    /** The leases meant for waiting items; for tests and pages. */
    Set<Want> served() {
        return given.keySet();
    }
}
