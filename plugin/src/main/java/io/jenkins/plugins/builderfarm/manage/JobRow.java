package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.builderfarm.conduct.JobSight;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import java.util.List;

/** What would be done to one job. */
public final class JobRow {
    private final JobAction action;
    private final JobKind kind;

    JobRow(JobAction action) {
        this.action = action;
        kind = JobKind.of(action.kind());
    }

    JobKind getKind() {
        return kind;
    }

    /** One word. */
    public String getState() {
        return kind.word();
    }

    /** One of Jenkins's colour names. */
    public String getColor() {
        return kind.color();
    }

    public String getBuilder() {
        return action.builder();
    }

    /** Whether the builder is still there, with a page that shows its job. */
    public boolean isWithBuilder() {
        return BuilderFarmConfiguration.get().builder(action.builder()).isPresent();
    }

    public String getFullName() {
        return action.fullName();
    }

    /** Why; may be empty. */
    public String getDetail() {
        return action.detail();
    }

    /** What changes; empty if nothing does. */
    public List<DiffLine> getLines() {
        return DiffLine.of(action.diff());
    }

    /** Where the job is, below Jenkins's address; null if it isn't there, or the present user may not see it. */
    @CheckForNull
    public String getUrl() {
        return JobSight.url(action.fullName()).orElse(null);
    }
}
