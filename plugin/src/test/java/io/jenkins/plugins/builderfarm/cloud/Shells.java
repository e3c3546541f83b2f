package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Executor;
import hudson.model.FreeStyleBuild;
import java.util.stream.Stream;

/** What tests must know of a Freestyle build's shell on an agent. Stateless. */
public final class Shells {
    private Shells() {}

    /**
     * Whether the build waits for its shell to end. It may have said something before: whoever interrupts the build while
     * Jenkins is still launching the shell makes it a failed one, and not an aborted one.
     */
    public static boolean isAwaited(FreeStyleBuild build) {
        Executor executor = build.getExecutor();
        return executor != null
                && Stream.of(executor.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("join")
                                && frame.getClassName().endsWith("ProcImpl"));
    }
}
