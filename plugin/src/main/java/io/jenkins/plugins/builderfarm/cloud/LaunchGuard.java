package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.WorkUnit;
import io.jenkins.plugins.builderfarm.trust.Subject;

/**
 * Asks once more when a build is on its node and is about to get what it starts programs with: the queue's answer may
 * have been overtaken by a change of the configuration or of the job. Without a launcher a build runs nothing there.
 */
@Extension(ordinal = 1000)
public final class LaunchGuard extends LauncherDecorator {
    @Override
    public Launcher decorate(Launcher launcher, Node node) {
        Executor executor = Executor.currentExecutor();
        WorkUnit unit = executor == null ? null : executor.getCurrentWorkUnit();
        if (unit != null && node.toComputer() == executor.getOwner()) {
            check(node, unit.context.item, executor.getCurrentExecutable());
        }
        return launcher;
    }

    private static void check(Node node, Queue.Item item, Queue.Executable executable) {
        if (node instanceof LeasedNode leased) {
            Usage usage = leased.usage();
            if (usage != null && usage.isContinuedBy(item, leased)) {
                // Was let in before a restart, and its work is under way.
                return;
            }
        }
        Subject subject = executable instanceof Run<?, ?> run ? Subject.of(run) : Subject.of(item);
        String refusal = NodeGate.refusal(node, item, subject);
        if (refusal != null) {
            throw new IllegalStateException("Not run on " + node.getNodeName() + ": " + refusal);
        }
    }
}
