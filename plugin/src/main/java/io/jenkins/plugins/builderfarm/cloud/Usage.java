package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.WorkUnit;
import io.jenkins.plugins.builderfarm.trust.Opinions;
import io.jenkins.plugins.builderfarm.trust.Review;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.io.Serializable;

/**
 * That a build has taken a node, and which. Kept in the node's file, so that after a crash nobody takes the node again
 * but what is left of this very build. Immutable.
 */
final class Usage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The build's externalizable id; null if what ran was no build. */
    @CheckForNull
    private final String run;

    /** The label that was asked for; null if none. */
    @CheckForNull
    private final String label;

    private final long sinceMillis;

    /** What is known of the build's code; null in files of before that was asked. */
    @CheckForNull
    private final Review review;

    Usage(@CheckForNull String run, @CheckForNull String label, long sinceMillis, Review review) {
        this.run = run;
        this.label = label;
        this.sinceMillis = sinceMillis;
        this.review = review;
    }

    /** What the executor is about to run. */
    static Usage of(Executor executor, Queue.Task task) {
        Run<?, ?> run = run(executor.getCurrentExecutable());
        if (run == null) {
            run = run(task.getOwnerExecutable());
        }
        WorkUnit unit = executor.getCurrentWorkUnit();
        Label label = unit == null ? null : unit.context.item.getAssignedLabel();
        Review review = unit == null
                ? Review.UNKNOWN
                : Opinions.of(Subject.of(unit.context.item)).review();
        return new Usage(
                run == null ? null : run.getExternalizableId(),
                label == null ? null : label.getName(),
                System.currentTimeMillis(),
                review);
    }

    @CheckForNull
    private static Run<?, ?> run(@CheckForNull Queue.Executable executable) {
        return executable instanceof Run<?, ?> run ? run : null;
    }

    /** Whether the item is what a restart left of the build that took the node: its own Pipeline, tied to the node. */
    boolean isContinuedBy(Queue.Item item, LeasedNode node) {
        Label asked = item.getAssignedLabel();
        Run<?, ?> owner = run(item.task.getOwnerExecutable());
        return run != null
                && owner != null
                && asked != null
                && asked.getName().equals(node.getNodeName())
                && run.equals(owner.getExternalizableId());
    }

    /** Whether the build is known to be over. */
    boolean isOver() {
        if (run == null) {
            return true;
        }
        Run<?, ?> build = Run.fromExternalizableId(run);
        return build == null || !build.isLogUpdated();
    }

    @CheckForNull
    String run() {
        return run;
    }

    /** The label that was asked for, as it is now; null if none was. */
    @CheckForNull
    Label asked() {
        return label == null ? null : Label.get(label);
    }

    @CheckForNull
    String label() {
        return label;
    }

    Review review() {
        return review == null ? Review.UNKNOWN : review;
    }

    long sinceMillis() {
        return sinceMillis;
    }
}
