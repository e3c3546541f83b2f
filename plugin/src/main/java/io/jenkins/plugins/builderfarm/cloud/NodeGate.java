package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Node;
import hudson.model.Queue;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.trust.Gate;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.ArrayList;
import java.util.List;

/** What {@link Gate} says of a build on a node that is there already. Stateless. */
final class NodeGate {
    private NodeGate() {}

    /**
     * A node of another cloud is guarded against what asks for the farm's names only: who asks that cloud for its own
     * label doesn't ask the farm.
     *
     * @return why the item must not run there, null if it may
     */
    @CheckForNull
    static String refusal(Node node, Queue.Item item) {
        return refusal(node, item, Subject.of(item));
    }

    /** @param subject what is known of the item's build by now */
    @CheckForNull
    static String refusal(Node node, Queue.Item item, Subject subject) {
        if (node instanceof LeasedNode leased) {
            return FarmLabels.get()
                    .hostType(leased.hostType())
                    .map(hostType -> Gate.refusal(hostType, subject))
                    .orElse(null);
        }
        List<HostType> asked = new ArrayList<>(ExistingCloudLabels.hostTypes(node));
        if (!asked.isEmpty()) {
            asked.retainAll(Want.asked(item));
        }
        String refusal = null;
        for (HostType hostType : asked) {
            refusal = Gate.refusal(hostType, subject);
            if (refusal == null) {
                return null;
            }
        }
        return refusal;
    }
}
