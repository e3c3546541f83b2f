package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Queue;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.trust.Gate;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.List;
import java.util.Objects;

/**
 * An item of the queue that waits for a machine. Equal if the item is.
 *
 * @param hostTypes the reverse host types that its label asks for and that it may use, in the order of preference
 */
record Want(long item, Label label, List<HostType> hostTypes) {
    /** @return null if the item needs no machine, or doesn't ask for a reverse host type that it may use */
    @CheckForNull
    static Want of(Queue.Item item) {
        return of(item, asked(item));
    }

    /** @param asked what the item's label asks for */
    @CheckForNull
    static Want of(Queue.Item item, List<HostType> asked) {
        List<HostType> reverse =
                asked.stream().filter(type -> type.reversePool().isPresent()).toList();
        if (reverse.isEmpty()) {
            return null;
        }
        Subject subject = Subject.of(item);
        List<HostType> allowed = reverse.stream()
                .filter(type -> Gate.refusal(type, subject) == null)
                .toList();
        return allowed.isEmpty() ? null : new Want(item.getId(), item.getAssignedLabel(), allowed);
    }

    /** The host types of any source that the item's label asks for, whether it may use them or not. */
    static List<HostType> asked(Queue.Item item) {
        return item.task instanceof Queue.FlyweightTask
                ? List.of()
                : FarmLabels.get().hostTypes(item.getAssignedLabel());
    }

    boolean isServedBy(LeasedNode node) {
        return node.serves(label)
                && hostTypes.stream().anyMatch(type -> type.getName().equals(node.hostType()));
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
