package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
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

    /** Idle executors of the label that nothing which waits may use: Jenkins counts them as there. */
    static int idleForNobody(Label label) {
        List<Queue.BuildableItem> items = items(label);
        int idle = 0;
        for (Node node : label.getNodes()) {
            Computer computer = node.toComputer();
            if (computer != null
                    && computer.isOnline()
                    && items.stream().allMatch(item -> NodeGate.refusal(node, item) != null)) {
                idle += computer.countIdle();
            }
        }
        return idle;
    }

    private static List<Queue.BuildableItem> items(Label label) {
        return Queue.getInstance().getBuildableItems().stream()
                .filter(item -> label.equals(item.getAssignedLabel()))
                .toList();
    }
}
