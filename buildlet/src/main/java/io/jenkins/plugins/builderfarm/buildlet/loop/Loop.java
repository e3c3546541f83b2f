package io.jenkins.plugins.builderfarm.buildlet.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Runs tasks one after the other, so that what only they touch needs no lock. */
public interface Loop extends Executor {
    /** Runs the task on the loop after the delay, unless it is cancelled before. */
    Timer after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** A timer that does nothing. */
        Timer NONE = () -> {};

        /** To be called on the loop: then the task surely does not run any more. Twice is the same as once. */
        void cancel();
    }
}
