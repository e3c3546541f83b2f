package io.jenkins.plugins.builderfarm.conduct;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.builderfarm.cloud.LeasedNode;
import io.jenkins.plugins.builderfarm.cloud.LossListener;
import jenkins.model.Jenkins;

/** Looks at every build that had a machine of the farm's when it ends, while its log can still be written. */
@Extension
public final class BuildEnds extends RunListener<Run<?, ?>> implements LossListener {
    @Override
    public void lost(Run<?, ?> build, String node, String why) {
        UsedMachines.of(build).ifPresent(used -> used.vanished(node, why));
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener log) {
        UsedMachines.of(run).ifPresent(used -> {
            lookForBroken(used);
            if (KnownIssues.explain(run, used)) {
                log.getLogger()
                        .println("This is expected, because of known issues of "
                                + run.getAction(KnownIssues.class).getText());
            }
            Retries.consider(run, used, log);
        });
    }

    /** A Freestyle build ends as soon as its agent's connection breaks: earlier than anybody hears of that. */
    private static void lookForBroken(UsedMachines used) {
        for (UsedMachine machine : used.machines()) {
            if (Jenkins.get().getNode(machine.node()) instanceof LeasedNode node && node.isAgentGone()) {
                used.vanished(machine.node(), LeasedNode.AGENT_GONE);
            }
        }
    }
}
