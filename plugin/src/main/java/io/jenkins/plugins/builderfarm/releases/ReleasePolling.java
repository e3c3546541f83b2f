package io.jenkins.plugins.builderfarm.releases;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;

/** Asks the bucket once a minute, conditionally: for all machines, so that idle ones needn't. */
@Extension
public final class ReleasePolling extends AsyncPeriodicWork {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(5);

    public ReleasePolling() {
        super("Builder Farm release polling");
    }

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    public long getInitialDelay() {
        return FIRST.toMillis();
    }

    @Override
    protected void execute(TaskListener listener) {
        if (BuilderFarmConfiguration.get().getReleases() != null) {
            try {
                ReleasePoller.get().check();
            } catch (IOException e) {
                // Logged when it was new, and shown to administrators until it is over.
                listener.error(e.getMessage());
            }
        }
    }

    /** Every minute is too often for the log. */
    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected Level getSlowLoggingLevel() {
        return Level.FINE;
    }
}
