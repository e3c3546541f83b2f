package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.OneOffExecutor;
import hudson.model.Queue;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.builderfarm.farm.Farm;
import org.jenkinsci.Symbol;

/**
 * Single use: the first build marks the node as used before it runs, and the node goes when that build is over.
 * Stateless; what there is to know is in the node.
 */
public final class LeaseRetention extends RetentionStrategy<LeasedComputer> implements ExecutorListener {
    LeaseRetention() {}

    @Override
    public void taskAccepted(Executor executor, Queue.Task task) {
        LeasedNode node = node(executor);
        if (node != null) {
            // Throws if that can't be put on disk, and the build doesn't run.
            node.use(Usage.of(executor, task));
            Farm.get().coordinator().used(node.leaseId());
        }
    }

    @Override
    public void taskCompleted(Executor executor, Queue.Task task, long durationMS) {
        completed(executor);
    }

    @Override
    public void taskCompletedWithProblems(Executor executor, Queue.Task task, long durationMS, Throwable problems) {
        completed(executor);
    }

    private static void completed(Executor executor) {
        LeasedNode node = node(executor);
        if (node != null && !Continuation.willContinue(executor.getCurrentExecutable())) {
            if (node.isAgentGone()) {
                // A part of a Pipeline: the whole is going to end because of that.
                LeaseEndings.lost(node, LeasedNode.AGENT_GONE);
            }
            LeaseEndings.end(node, "its build is over");
        }
    }

    /** Flyweight tasks (a Pipeline's own, a matrix's parent) use no machine. */
    private static LeasedNode node(Executor executor) {
        return executor instanceof OneOffExecutor || !(executor.getOwner() instanceof LeasedComputer computer)
                ? null
                : computer.getNode();
    }

    /** Asked by the queue, with its lock held: what may still run here is {@link LeaseDispatcher}'s to say. */
    @Override
    public boolean isAcceptingTasks(LeasedComputer computer) {
        LeasedNode node = computer.getNode();
        return node != null && !node.isEnding();
    }

    @Override
    public boolean isManualLaunchAllowed(LeasedComputer computer) {
        return false;
    }

    /** Leases are ended by events, deadlines of the coordinator, and {@link UsedNodeCheck}. */
    @Override
    public long check(LeasedComputer computer) {
        return 1;
    }

    @Override
    public void start(LeasedComputer computer) {
        // The agent comes by itself.
    }

    /** Not offered to people. */
    @Extension
    @Symbol("oneBuild")
    public static final class DescriptorImpl extends Descriptor<RetentionStrategy<?>> {
        @Override
        public String getDisplayName() {
            return "One build";
        }
    }
}
