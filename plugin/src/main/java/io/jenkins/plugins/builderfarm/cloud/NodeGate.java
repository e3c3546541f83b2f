package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.trust.Gate;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
            List<HostType> byName = Want.asked(item);
            asked.removeIf(type -> !byName.contains(type) && !needsLabelsOf(type, node, item.getAssignedLabel()));
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

    /**
     * Whether the node does for the label only since the farm gave it labels. An expression that wants one of these and one
     * of the node's own besides fits no host type by itself.
     */
    private static boolean needsLabelsOf(HostType hostType, Node node, @CheckForNull Label label) {
        if (label == null) {
            return false;
        }
        Set<LabelAtom> own = Label.parse(node.getLabelString());
        Set<String> given = FarmLabels.get().labels(hostType.getName());
        Set<LabelAtom> rest = new HashSet<>(node.getAssignedLabels());
        rest.removeIf(atom -> given.contains(atom.getName()) && !own.contains(atom));
        return !label.matches(rest);
    }
}
