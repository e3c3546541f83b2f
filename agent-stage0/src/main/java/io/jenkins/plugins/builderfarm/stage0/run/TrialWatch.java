package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Log;
import java.time.Duration;

/**
 * Ends the process if a release on trial hangs: if it neither dials in nor comes back in time. A hung thread can't be
 * ended in any gentler way; the supervisor starts stage0 again, and the next start judges the run.
 */
final class TrialWatch {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Progress progress;
    private final Duration limit;
    private final Runnable end;
    private final Thread thread;

    private TrialWatch(Progress progress, Duration limit, Runnable end) {
        this.progress = progress;
        this.limit = limit;
        this.end = end;
        this.thread = new Thread(this::watch, "trial");
    }

    /**
     * Watches from now on, until it is stopped.
     *
     * @param onTrial if not, there is nothing to watch: a good release may take as long as it wants
     */
    static TrialWatch start(Progress progress, Duration limit, boolean onTrial, Log log) {
        TrialWatch watch = new TrialWatch(progress, limit, () -> {
            log.say("the buildlet has not dialled in within " + limit.toSeconds() + " s; ends it");
            Runtime.getRuntime().halt(Buildlet.CRASHED);
        });
        watch.thread.setDaemon(true);
        if (onTrial) {
            watch.thread.start();
        }
        return watch;
    }

    private void watch() {
        long start = System.nanoTime();
        try {
            while (!progress.dialledIn()) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    end.run();
                    return;
                }
                Thread.sleep(PACE.toMillis());
            }
        } catch (InterruptedException e) {
            // It came back.
        }
    }

    void stop() {
        thread.interrupt();
    }
}
