package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts a program again whenever it has ended, as systemd would with {@code Restart=always}: for stage0, which ends
 * after every build. Thread-safe.
 */
public final class Supervisor implements AutoCloseable {
    /** Between the end of a run and the next one's start. */
    public static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path directory;
    private final Lines lines;
    private final Thread loop = new Thread(this::superviseAll, "supervisor");

    private ManagedProcess current; // guarded by this
    private boolean stopped; // guarded by this
    private int starts; // guarded by this

    private Supervisor(List<String> command, Map<String, String> environment, Path directory, Lines lines) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.lines = lines;
        loop.setDaemon(true);
    }

    /** Runs from now on until {@link #close}. */
    public static Supervisor start(List<String> command, Map<String, String> environment, Path directory, Lines lines) {
        Supervisor supervisor = new Supervisor(command, environment, directory, lines);
        supervisor.loop.start();
        return supervisor;
    }

    private void superviseAll() {
        try {
            while (true) {
                ManagedProcess run;
                synchronized (this) {
                    if (stopped) {
                        return;
                    }
                    starts++;
                    run = ManagedProcess.start(command, environment, directory, lines);
                    current = run;
                }
                int code = run.awaitExit(LONGEST_RUN);
                run.close();
                lines.add("supervisor: exit " + code);
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (IOException | TimeoutException e) {
            lines.add("supervisor: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What all runs printed, and a line {@code supervisor: exit CODE} behind each. */
    public Lines lines() {
        return lines;
    }

    /** How often the program was started. */
    public synchronized int starts() {
        return starts;
    }

    /** The processes of the present run; empty between two. */
    public synchronized List<ProcessHandle> tree() {
        return current == null || !current.isAlive() ? List.of() : current.tree();
    }

    /** As when the power is cut: nothing of the present run survives. It is started again. */
    public synchronized void killRun() {
        if (current != null) {
            current.kill();
        }
    }

    /** No new run; the present one is asked to end. */
    @Override
    public void close() {
        ManagedProcess last;
        synchronized (this) {
            stopped = true;
            last = current;
        }
        if (last != null) {
            last.close();
        }
    }
}
