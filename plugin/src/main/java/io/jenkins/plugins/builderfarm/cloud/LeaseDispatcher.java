package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.slaves.Cloud;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.trust.Gate;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.ArrayList;
import java.util.Collections;
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
            return waitReason(NodeGate.refusal(node, item));
        }
        Usage usage = leased.usage();
        if (usage != null) {
            return usage.isContinuedBy(item, leased)
                    ? null
                    : new WaitReason(leased.getNodeName() + " has had its one build");
        }
        return leased.serves(item.getAssignedLabel())
                ? waitReason(NodeGate.refusal(leased, item))
                : new WaitReason(leased.getNodeName() + " is only for what asks for " + leased.hostType()
                        + " or one of its builders by name");
    }

    @CheckForNull
    private static WaitReason waitReason(@CheckForNull String text) {
        return text == null ? null : new WaitReason(text);
    }

    @Override
    @CheckForNull
    public CauseOfBlockage canRun(Queue.Item item) {
        List<HostType> asked = Want.asked(item);
        Label label = item.getAssignedLabel();
        if (asked.isEmpty() || label == null || isServedElsewhere(label, asked)) {
            return null;
        }
        Subject subject = Subject.of(item);
        List<String> refusals = new ArrayList<>();
        List<HostType> allowed = new ArrayList<>();
        for (HostType hostType : asked) {
            String refusal = Gate.refusal(hostType, subject);
            if (refusal == null) {
                allowed.add(hostType);
            } else {
                refusals.add(refusal);
            }
        }
        if (allowed.isEmpty()) {
            return new WaitReason(String.join("; ", refusals));
        }
        Want want = Want.of(item, allowed);
        if (want == null) {
            return CloudWait.of(label, allowed);
        }
        return isServed(want) || ExistingClouds.serve(allowed)
                ? null
                : WaitReason.of(want.hostTypes(), Farm.get().coordinator());
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

    /**
     * By a node or a cloud that isn't the farm's: then Jenkins knows better why it waits. The cloud that a host type is on
     * is the farm's here, even if the label asks for that cloud's own label as well: else Jenkins would order from it what
     * then mustn't run there.
     */
    private static boolean isServedElsewhere(Label label, List<HostType> asked) {
        for (Node node : label.getNodes()) {
            if (!(node instanceof LeasedNode) && Collections.disjoint(ExistingCloudLabels.hostTypes(node), asked)) {
                return true;
            }
        }
        for (Cloud cloud : label.getClouds()) {
            if (!(cloud instanceof ReversePoolCloud) && !isSource(cloud, asked)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSource(Cloud cloud, List<HostType> asked) {
        return asked.stream()
                .anyMatch(type -> type.getSource() instanceof ExistingCloud source
                        && source.getCloud().equals(cloud.name));
    }
}
