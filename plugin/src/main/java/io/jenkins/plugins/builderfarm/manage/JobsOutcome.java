package io.jenkins.plugins.builderfarm.manage;

import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import io.jenkins.plugins.builderfarm.jobs.Reconciler;
import java.util.List;

/** What became of a plan, as its page shows it: a sentence for each job. */
public final class JobsOutcome {
    private final Reconciler.Outcome outcome;

    JobsOutcome(Reconciler.Outcome outcome) {
        this.outcome = outcome;
    }

    public List<String> getDone() {
        return outcome.done().stream().map(JobAction::summary).toList();
    }

    public List<String> getFailures() {
        return outcome.failures();
    }

    public List<String> getRefused() {
        return outcome.plan().refused().stream().map(JobAction::summary).toList();
    }
}
