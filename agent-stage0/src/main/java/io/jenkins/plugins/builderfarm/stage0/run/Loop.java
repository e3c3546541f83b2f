package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Start after start, for machines without a process supervisor, each in a process of its own: what a buildlet and Jenkins's
 * agent leave behind in a JVM (threads, and the classes that those hold on to) ends with it. This process only waits.
 */
public final class Loop {
    /** The machine is about to reboot: another start would only get in its way. */
    private static final int REBOOTING = 7;

    private static final int NOT_STARTED = 1;
    /** A run that took so long does not spin, even if nobody could write down how far it got. */
    private static final Duration LONG_RUN = Duration.ofSeconds(30);
    /** The buildlet cleans up for 25 seconds at most. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final List<String> command;
    private final Progress progress;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final Log log;

    private Process current; // guarded by this
    private boolean stopped; // guarded by this

    /**
     * @param command runs stage0 once
     * @param progress where its buildlet says how far it got
     */
    public Loop(List<String> command, Progress progress, Log log) {
        this.command = List.copyOf(command);
        this.progress = progress;
        this.log = log;
    }

    /** Returns, with the process's exit code, only when the machine is about to reboot. To be called once. */
    public int run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stopping"));
        while (true) {
            long begin = System.nanoTime();
            int code = once();
            if (code == REBOOTING) {
                return REBOOTING;
            }
            boolean longRun = System.nanoTime() - begin > LONG_RUN.toNanos();
            // A release that ends at once with 0, without having dialled in, must not spin.
            Duration pause = backoff.after(code == 0 && (longRun || progress.dialledIn()));
            if (!pause.isZero()) {
                log.say("starts again in " + pause.toSeconds() + " s");
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private int once() throws InterruptedException {
        try {
            int code = begin().waitFor();
            return end(code);
        } catch (IOException e) {
            log.say("no process can be started: " + Explain.of(e));
            return NOT_STARTED;
        }
    }

    private Process begin() throws IOException, InterruptedException {
        synchronized (this) {
            if (!stopped) {
                current = new ProcessBuilder(command).inheritIO().start();
                return current;
            }
        }
        throw forEver();
    }

    private int end(int code) throws InterruptedException {
        synchronized (this) {
            current = null;
            if (!stopped) {
                return code;
            }
        }
        throw forEver();
    }

    /** This process is ending, and nothing is to be started any more. */
    private static IllegalStateException forEver() throws InterruptedException {
        new CountDownLatch(1).await();
        return new IllegalStateException("never returns");
    }

    private void stop() {
        Process last;
        synchronized (this) {
            stopped = true;
            last = current;
        }
        if (last == null) {
            return;
        }
        // Where a process can't be asked to end, as on Windows, the console has told it already.
        if (last.supportsNormalTermination()) {
            last.destroy();
        }
        try {
            last.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.destroyForcibly();
    }
}
