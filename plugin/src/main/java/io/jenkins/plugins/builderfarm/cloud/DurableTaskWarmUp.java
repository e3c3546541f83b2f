package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.durabletask.WindowsBatchScript;

/** What a Pipeline's {@code sh} and {@code bat} do, if the plugin for that is there. */
@Extension
public final class DurableTaskWarmUp implements WarmUp {
    private static final int POLLS = 600;
    private static final int POLL_MILLIS = 100;

    @Override
    public void run(FilePath directory, Launcher launcher, EnvVars environment, TaskListener listener)
            throws IOException, InterruptedException {
        if (DurableTaskPlugin.isActive()) {
            Loaded.run(directory, launcher, environment, listener);
        }
    }

    /** Apart, so that the other plugin's classes are only linked where they are there. */
    private static final class Loaded {
        static void run(FilePath directory, Launcher launcher, EnvVars environment, TaskListener listener)
                throws IOException, InterruptedException {
            DurableTask task =
                    launcher.isUnix() ? new BourneShellScript("echo warm") : new WindowsBatchScript("@echo warm");
            Controller controller = task.launch(environment, directory, launcher, listener);
            for (int i = 0; i < POLLS && controller.exitStatus(directory, launcher, listener) == null; i++) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            controller.writeLog(directory, OutputStream.nullOutputStream());
            controller.cleanup(directory);
        }
    }
}
