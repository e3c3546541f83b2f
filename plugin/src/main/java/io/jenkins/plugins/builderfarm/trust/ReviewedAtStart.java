package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;

/**
 * Kept with a build whose code counted as reviewed when it began. Later on the farm can't tell any more: its job may have
 * had another script then, of somebody's whose last change was put right since, and a repeated build has that script still.
 */
public final class ReviewedAtStart extends InvisibleAction {
    static boolean isMarked(Run<?, ?> run) {
        return run.getAction(ReviewedAtStart.class) != null;
    }

    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Run.XSTREAM2.alias("builder-farm-reviewed-at-start", ReviewedAtStart.class);
    }

    /** Before a Pipeline reads its script. A mark that is there by then is a copy of another build's, and no evidence. */
    @Extension
    public static final class Scribe extends RunListener<Run<?, ?>> {
        @Override
        public void onStarted(Run<?, ?> run, TaskListener log) {
            run.removeActions(ReviewedAtStart.class);
            if (Opinions.of(Subject.of(run)).review() == Review.REVIEWED) {
                run.addAction(new ReviewedAtStart());
            }
        }
    }
}
