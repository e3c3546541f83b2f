package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.PeriodicWork;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.farm.Farm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * Finds used nodes whose build is over although nobody said so: Jenkins was killed, or a Pipeline ended while its node
 * was away.
 */
@Extension
public final class UsedNodeCheck extends PeriodicWork {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** A build that is said to go on must ask for its node again within this. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Since when a used node has had nothing to do, in {@link System#nanoTime}; the timer's thread alone touches it. */
    private final Map<String, Long> unclaimed = new HashMap<>();

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    public long getInitialDelay() {
        return PERIOD.toMillis();
    }

    @Override
    protected void doRun() {
        Jenkins jenkins = Jenkins.get();
        if (!Farm.get().isOpen() || jenkins.isTerminating()) {
            return;
        }
        LeaseMatcher.get().wake();
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            Map<String, Long> before = Map.copyOf(unclaimed);
            unclaimed.clear();
            for (Node node : jenkins.getNodes()) {
                if (node instanceof LeasedNode leased && isUnclaimed(leased, jenkins)) {
                    check(leased, before.getOrDefault(leased.getNodeName(), System.nanoTime()));
                }
            }
        }
    }

    private void check(LeasedNode node, long since) {
        Usage usage = node.usage();
        if (usage != null && usage.isOver()) {
            LeaseEndings.end(node, "its build is long over");
        } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
            LeaseEndings.end(node, "its build never asked for it again");
        } else {
            unclaimed.put(node.getNodeName(), since);
        }
    }

    /** Used, runs nothing, and nothing in the queue is tied to it. */
    private static boolean isUnclaimed(LeasedNode node, Jenkins jenkins) {
        Computer computer = node.toComputer();
        if (!node.isUsed() || node.isEnding() || computer == null || !computer.isIdle()) {
            return false;
        }
        for (Queue.Item item : jenkins.getQueue().getItems()) {
            Label asked = item.getAssignedLabel();
            if (asked != null && asked.getName().equals(node.getNodeName())) {
                return false;
            }
        }
        return true;
    }
}
