package io.jenkins.plugins.builderfarm.conduct;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;

/** Looks at every build that had a machine of the farm's when it ends, while its log can still be written. */
@Extension
public final class BuildEnds extends RunListener<Run<?, ?>> {
    @Override
    public void onCompleted(Run<?, ?> run, TaskListener log) {
        UsedMachines.of(run).ifPresent(used -> {
            if (KnownIssues.explain(run, used)) {
                log.getLogger()
                        .println("This is expected, because of known issues of "
                                + run.getAction(KnownIssues.class).getText());
            }
        });
    }
}
