package io.jenkins.plugins.builderfarm.manage;

import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobPlan;
import java.util.Comparator;
import java.util.List;

/** A plan as its page shows it: what needs somebody's eyes first. */
public final class JobsPlan {
    private final List<JobRow> rows;
    private final int writes;
    private final int refused;

    JobsPlan(JobPlan plan) {
        rows = plan.actions().stream()
                .map(JobRow::new)
                .sorted(Comparator.comparing(JobRow::getKind))
                .toList();
        writes = plan.writes().size();
        refused = plan.refused().size();
    }

    public List<JobRow> getRows() {
        return rows;
    }

    /** The words for what is done that are there, for the filter. */
    public List<String> getStates() {
        return rows.stream().map(JobRow::getState).distinct().toList();
    }

    public int getWrites() {
        return writes;
    }

    public int getRefused() {
        return refused;
    }

    public long getInStep() {
        return rows.stream()
                .filter(row -> row.getKind().action() == JobAction.Kind.UNCHANGED)
                .count();
    }
}
