package io.jenkins.plugins.builderfarm.farm;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.time.Duration;

/** The coordinator's clock hand. */
@Extension
public final class FarmTick extends PeriodicWork {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    public long getInitialDelay() {
        return PERIOD.toMillis();
    }

    @Override
    protected void doRun() {
        if (Farm.get().isOpen()) {
            Farm.get().coordinator().tick();
        }
    }
}
