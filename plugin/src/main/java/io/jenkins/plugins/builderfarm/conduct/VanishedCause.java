package io.jenkins.plugins.builderfarm.conduct;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.builderfarm.trust.SameBuild;
import java.util.Optional;

/** That the farm does a build again since the machine of the one before vanished. Immutable. */
public final class VanishedCause extends Cause implements SameBuild {
    private final String run;
    private final int number;
    private final String machine;
    private final int retry;
    private final int most;

    /** @param machine as people call it */
    VanishedCause(Run<?, ?> failed, String machine, int retry, int most) {
        run = failed.getExternalizableId();
        number = failed.getNumber();
        this.machine = machine;
        this.retry = retry;
        this.most = most;
    }

    /** How often the farm has done this build again, with this time; 0 if it never did. */
    static int retries(Run<?, ?> run) {
        VanishedCause cause = run.getCause(VanishedCause.class);
        return cause == null ? 0 : cause.retry;
    }

    @Override
    public Optional<Run<?, ?>> original() {
        try {
            return Optional.ofNullable(Run.fromExternalizableId(run));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String getShortDescription() {
        return "Retry " + retry + " of " + most + " after " + machine + " vanished under #" + number;
    }

    /** For builds and waiting items that are read back. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Run.XSTREAM2.alias("builder-farm-vanished", VanishedCause.class);
        Queue.XSTREAM.alias("builder-farm-vanished", VanishedCause.class);
    }
}
