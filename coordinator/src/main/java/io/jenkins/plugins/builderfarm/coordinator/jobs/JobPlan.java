package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.Collection;
import java.util.List;

/** What has to be done so that every builder has the job it should have. Immutable; nothing was done yet. */
public record JobPlan(List<JobAction> actions) {
    public JobPlan {
        actions = List.copyOf(actions);
    }

    /**
     * Compares what should be with what is. Configurations are read of those jobs alone that change.
     *
     * @param desired a job for each builder
     * @param existing the farm's jobs wherever they are, and whatever else is where a desired job would be made
     */
    public static JobPlan of(Collection<DesiredJob> desired, Collection<ExistingJob> existing) {
        return new Planner(existing).plan(desired);
    }

    /** What will be written when the plan is applied, in the order in which it is. */
    public List<JobAction> writes() {
        return actions.stream().filter(action -> action.kind().isWrite()).toList();
    }

    /** What stands in the way of some builders. */
    public List<JobAction> refused() {
        return actions.stream()
                .filter(action -> action.kind() == JobAction.Kind.REFUSED)
                .toList();
    }
}
