package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Queue;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.List;
import java.util.Objects;

/**
 * An item of the queue that waits for a machine. Equal if the item is.
 *
 * @param hostTypes the reverse host types that its label asks for, in the order of preference
 */
record Want(long item, Label label, List<HostType> hostTypes) {
    /** @return null if the item needs no machine, or doesn't ask for a reverse host type */
    @CheckForNull
    static Want of(Queue.Item item) {
        if (item.task instanceof Queue.FlyweightTask) {
            return null;
        }
        Label label = item.getAssignedLabel();
        List<HostType> hostTypes = FarmLabels.get().hostTypes(label).stream()
                .filter(type -> type.reversePool().isPresent())
                .toList();
        return hostTypes.isEmpty() ? null : new Want(item.getId(), label, hostTypes);
    }

    boolean isServedBy(LeasedNode node) {
        return node.serves(label);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Want want && item == want.item;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(item);
    }
}
