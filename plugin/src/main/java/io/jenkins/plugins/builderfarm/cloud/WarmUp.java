package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;

/** Something that builds do first on a machine, done in advance on a spare so that the agent has the classes for it. */
public interface WarmUp extends ExtensionPoint {
    /**
     * Must leave nothing behind but in the directory, and end soon.
     *
     * @param directory on the spare; it is deleted afterwards
     * @param environment the agent's own
     */
    void run(FilePath directory, Launcher launcher, EnvVars environment, TaskListener listener)
            throws IOException, InterruptedException;
}
