package io.jenkins.plugins.builderfarm.buildlet.agent;

/** A Jenkins agent in this JVM. */
@FunctionalInterface
public interface RunningAgent {
    /** Ends it; blocks for a few seconds at most. Twice is the same as once. */
    void stop();
}
