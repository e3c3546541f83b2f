package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Start after start, for machines without a process supervisor. Not thread-safe. */
public final class Loop {
    /** The machine is about to reboot: another start would only get in its way. */
    private static final int REBOOTING = 7;

    private final Start start;
    private final Backoff backoff;
    private final Log log;

    private Loop(Start start, Backoff backoff, Log log) {
        this.start = start;
        this.backoff = backoff;
        this.log = log;
    }

    public static Loop forever(Start start, Log log) {
        return new Loop(start, new Backoff(RandomGenerator.getDefault()), log);
    }

    /** Returns, with the process's exit code, only when the machine is about to reboot. */
    public int run() throws InterruptedException, IOException {
        while (true) {
            Start.Result result = start.run();
            if (result.code() == REBOOTING) {
                return REBOOTING;
            }
            // A release that ends at once with 0, without having dialled in, must not spin.
            boolean well = result.code() == 0
                    && result.ending().filter(ending -> ending != Ending.FAILED).isPresent();
            Duration pause = backoff.after(well);
            if (!pause.isZero()) {
                log.say("starts again in " + pause.toSeconds() + " s");
                Thread.sleep(pause.toMillis());
            }
        }
    }
}
