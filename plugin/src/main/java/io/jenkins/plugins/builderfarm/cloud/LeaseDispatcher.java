package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.slaves.Cloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import java.util.List;

/**
 * Guards leased nodes in the queue, and says why an item waits for a machine. Called with the queue's lock held for every
 * item at every maintenance, so it only looks things up.
 */
@Extension
public final class LeaseDispatcher extends QueueTaskDispatcher {
    @Override
    @CheckForNull
    public CauseOfBlockage canTake(Node node, Queue.BuildableItem item) {
        if (!(node instanceof LeasedNode leased)) {
            return null;
        }
        Usage usage = leased.usage();
        if (usage != null) {
            return usage.isContinuedBy(item, leased)
                    ? null
                    : new WaitReason(leased.getNodeName() + " has had its one build");
        }
        return leased.serves(item.getAssignedLabel())
                ? null
                : new WaitReason(leased.getNodeName() + " is only for what asks for " + leased.hostType()
                        + " or one of its builders by name");
    }

    @Override
    @CheckForNull
    public CauseOfBlockage canRun(Queue.Item item) {
        Want want = Want.of(item);
        if (want == null || isServed(want) || isServedElsewhere(want.label())) {
            return null;
        }
        return WaitReason.of(want.hostTypes(), Farm.get().coordinator());
    }

    private static boolean isServed(Want want) {
        LeaseMatcher matcher = LeaseMatcher.get();
        return matcher.givenTo(want) != null || hasIdleMachine(want.hostTypes()) || hasFreeLease(want, matcher);
    }

    private static boolean hasIdleMachine(List<HostType> hostTypes) {
        return hostTypes.stream()
                .filter(hostType -> !hostType.isDisabled())
                .map(hostType -> Farm.get().coordinator().hostType(hostType.hostTypeName()))
                .anyMatch(view -> view.isPresent() && view.get().count(MachineState.IDLE) > 0);
    }

    private static boolean hasFreeLease(Want want, LeaseMatcher matcher) {
        for (Node node : want.label().getNodes()) {
            if (node instanceof LeasedNode leased && leased.isFree() && !matcher.isGiven(leased)) {
                return true;
            }
        }
        return false;
    }

    /** By a node or a cloud that isn't the reverse pool's: then Jenkins knows better why it waits. */
    private static boolean isServedElsewhere(Label label) {
        for (Node node : label.getNodes()) {
            if (!(node instanceof LeasedNode)) {
                return true;
            }
        }
        for (Cloud cloud : label.getClouds()) {
            if (!(cloud instanceof ReversePoolCloud)) {
                return true;
            }
        }
        return ExistingClouds.serve(label);
    }
}
