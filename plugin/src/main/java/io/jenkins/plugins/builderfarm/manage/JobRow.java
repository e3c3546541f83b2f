package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import java.util.List;
import jenkins.model.Jenkins;

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
        Item item;
        // As the system: Jenkins throws where somebody may know that a job is there but not see it.
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            item = Jenkins.get().getItemByFullName(action.fullName());
        }
        return item != null && item.hasPermission(Item.READ) ? item.getUrl() : null;
    }
}
