package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.network.ProxyPassword;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The fetching process. It ends with its deadline or its parent, whichever comes first: the parent holds the other end
 * of standard input and never writes to it.
 */
public final class FetchMain {
    /** The outcome is in its file. */
    public static final int EXIT_DONE = 0;
    /** Called by something else than stage0. */
    public static final int EXIT_USAGE = 2;
    /** Another fetch works on the same directory. */
    public static final int EXIT_BUSY = 10;
    /** The deadline passed without an outcome. */
    public static final int EXIT_LATE = 11;
    /** The outcome could not be written; the reason is in the log. */
    public static final int EXIT_UNWRITABLE = 12;
    /** The waiting process is gone. */
    private static final int EXIT_ORPHAN = 13;

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(100);
    private static final int LOCK_ATTEMPTS = 50;
    private static final Duration GRACE = Duration.ofSeconds(3);

    private FetchMain() {}

    /** Never returns. */
    public static void main(String[] args) {
        daemon("parent", FetchMain::endWithParent);
        Log log = Log.toStandardError();
        int code;
        try {
            ProxyPassword.install(System.getProperties(), System.getenv());
            code = run(FetchRequest.parse(args), log);
        } catch (IllegalArgumentException e) {
            log.say("the fetching process is started by stage0 itself: " + e.getMessage());
            code = EXIT_USAGE;
        } catch (IOException e) {
            log.say("the outcome of the fetch can't be written: " + Explain.of(e));
            code = EXIT_UNWRITABLE;
        } catch (InterruptedException e) {
            code = EXIT_LATE;
        }
        System.exit(code);
    }

    private static int run(FetchRequest request, Log log) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(request.limit(), System::nanoTime);
        daemon("deadline", () -> endLate(request.limit().plus(GRACE)));
        Optional<Closeable> lock = lock(request.state());
        if (lock.isEmpty()) {
            return EXIT_BUSY;
        }
        try {
            Duration quarter = request.limit().dividedBy(4);
            Duration silence = quarter.compareTo(SILENCE) < 0 ? quarter : SILENCE;
            FetchOutcome outcome = new Fetch(
                            request,
                            () -> Buckets.open(request, silence, deadline),
                            () -> new Retries(
                                    deadline,
                                    RandomGenerator.getDefault(),
                                    pause -> Thread.sleep(pause.toMillis()),
                                    log),
                            InstantSource.system(),
                            Runtime.version().feature(),
                            log)
                    .run();
            outcome.write(request.state().outcome());
        } finally {
            lock.get().close();
        }
        return EXIT_DONE;
    }

    /** A fetch whose parent was killed needs a moment to notice; the next start's may well come before that. */
    private static Optional<Closeable> lock(StateDirectory state) throws IOException, InterruptedException {
        Optional<Closeable> lock = state.lockFetch();
        for (int i = 0; lock.isEmpty() && i < LOCK_ATTEMPTS; i++) {
            Thread.sleep(LOCK_PAUSE.toMillis());
            lock = state.lockFetch();
        }
        return lock;
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said here; only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(EXIT_ORPHAN);
    }

    private static void endLate(Duration limit) {
        try {
            Thread.sleep(limit.toMillis());
            Runtime.getRuntime().halt(EXIT_LATE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
