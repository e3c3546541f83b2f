package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Label;
import hudson.model.Queue;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.trust.Gate;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.List;

/**
 * What waits for a label at this moment, and which of the label's host types it may use. A label such as
 * {@code host-a || host-b} asks for both; what is ordered for who may only use the second must not be of the first.
 * Stateless.
 */
final class CloudDemand {
    private CloudDemand() {}

    /** Those that something which waits may use, in the configuration's order. */
    static List<HostType> hostTypes(Label label) {
        List<Subject> waiting = items(label).stream().map(Subject::of).toList();
        return FarmLabels.get().hostTypes(label).stream()
                .filter(type -> waiting.stream().anyMatch(subject -> Gate.refusal(type, subject) == null))
                .toList();
    }

    private static List<Queue.BuildableItem> items(Label label) {
        return Queue.getInstance().getBuildableItems().stream()
                .filter(item -> label.equals(item.getAssignedLabel()))
                .toList();
    }
}
