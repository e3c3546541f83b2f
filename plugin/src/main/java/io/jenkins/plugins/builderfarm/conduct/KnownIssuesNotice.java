package io.jenkins.plugins.builderfarm.conduct;

import hudson.Extension;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.Executor;
import hudson.model.Node;
import io.jenkins.plugins.builderfarm.cloud.MachineUse;

/**
 * Says in a build's log, where a Pipeline's {@code node} or a Freestyle build begins, that the builder has known issues.
 * A launcher is what both get then, from the executor's thread, with the part of the log that is theirs.
 */
@Extension
public final class KnownIssuesNotice extends LauncherDecorator {
    @Override
    public Launcher decorate(Launcher launcher, Node node) {
        Executor executor = Executor.currentExecutor();
        if (executor != null && node.toComputer() == executor.getOwner() && MachineUse.build(executor) != null) {
            MachineUse.of(executor)
                    .flatMap(MachineUse::builder)
                    .filter(builder -> !builder.getKnownIssues().isEmpty())
                    .ifPresent(builder -> launcher.getListener()
                            .getLogger()
                            .println(
                                    "Builder " + builder.getName() + " has known issues, so its failures are expected: "
                                            + String.join(", ", builder.getKnownIssues())));
        }
        return launcher;
    }
}
