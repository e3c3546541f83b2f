package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.coordinator.jobs.DesiredJob;
import io.jenkins.plugins.builderfarm.jobs.Reconciler;
import java.util.List;

/** {@code …/jobs/builder/NAME}: the job of one builder as it would be, whether it is there already or not. */
public final class BuilderJobPage implements ModelObject {
    private final Builder builder;
    private final DesiredJob desired;
    private final List<JobRow> rows;

    BuilderJobPage(Builder builder) {
        this.builder = builder;
        desired = builder.getTemplate().isEmpty() ? null : Reconciler.get().preview(builder);
        rows = Reconciler.get().plan().actions().stream()
                .filter(action -> action.builder().equals(builder.getName()))
                .map(JobRow::new)
                .toList();
    }

    @Override
    public String getDisplayName() {
        return builder.getName();
    }

    /** Empty if it has none. */
    public String getTemplate() {
        return builder.getTemplate();
    }

    public boolean isDisabled() {
        return builder.isDisabled();
    }

    /** What would be done to its job, and to copies of that. */
    public List<JobRow> getRows() {
        return rows;
    }

    /** What is wrong with the template for this builder; null if nothing is. */
    @CheckForNull
    public String getProblem() {
        return desired == null ? null : desired.problem();
    }

    /** The configuration that the job would have; null if there is none. */
    @CheckForNull
    public String getConfig() {
        return desired == null ? null : desired.config();
    }
}
