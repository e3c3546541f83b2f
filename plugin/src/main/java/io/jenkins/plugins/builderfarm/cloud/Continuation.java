package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Queue;
import org.jenkinsci.plugins.durabletask.executors.ContinuableExecutable;

/** Whether what left an executor comes back to it. Stateless. */
final class Continuation {
    private Continuation() {}

    /** Such as a Pipeline's {@code node} block while Jenkins shuts down. */
    static boolean willContinue(@CheckForNull Queue.Executable executable) {
        // Without that plugin nothing can continue.
        return DurableTaskPlugin.isActive() && Loaded.willContinue(executable);
    }

    /** Apart, so that the interface is only linked where it is there. */
    private static final class Loaded {
        static boolean willContinue(@CheckForNull Queue.Executable executable) {
            return executable instanceof ContinuableExecutable continuable && continuable.willContinue();
        }
    }
}
