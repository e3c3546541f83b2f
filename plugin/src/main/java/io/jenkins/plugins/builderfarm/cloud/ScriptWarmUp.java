package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What a Freestyle build's shell step does: a script file, and a process with its output. */
@Extension
public final class ScriptWarmUp implements WarmUp {
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public void run(FilePath directory, Launcher launcher, EnvVars environment, TaskListener listener)
            throws IOException, InterruptedException {
        FilePath script = directory.createTextTempFile("warm-up", launcher.isUnix() ? ".sh" : ".bat", "echo warm\n");
        launcher.launch()
                .cmds(
                        launcher.isUnix()
                                ? new String[] {"/bin/sh", "-xe", script.getRemote()}
                                : new String[] {"cmd", "/c", "call", script.getRemote()})
                .envs(environment)
                .pwd(directory)
                .stdout(listener)
                .start()
                .joinWithTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS, listener);
        script.delete();
    }
}
