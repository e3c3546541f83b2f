package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program as a process: its lines (both streams) are kept, and neither it nor what it started outlives this JVM, unless
 * this JVM is killed. Thread-safe.
 */
public final class ManagedProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Lines lines;
    private final Thread reader;
    private final Thread hook = new Thread(this::kill, "end-of-child");

    private ManagedProcess(Process process, Lines lines) {
        this.process = process;
        this.lines = lines;
        this.reader = new Thread(this::read, "lines-of-" + process.pid());
        reader.setDaemon(true);
    }

    /**
     * @param environment added to this JVM's own
     * @param directory the process's working directory
     */
    public static ManagedProcess start(
            List<String> command, Map<String, String> environment, Path directory, Lines lines) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        ManagedProcess managed = new ManagedProcess(builder.start(), lines);
        managed.reader.start();
        Runtime.getRuntime().addShutdownHook(managed.hook);
        return managed;
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // The stream is cut when the process is killed.
            lines.add("(" + e.getMessage() + ")");
        }
    }

    public Lines lines() {
        return lines;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process and all that it started and that is still its descendant. */
    public List<ProcessHandle> tree() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Waits for the process to end by itself, and for its last line. */
    public int awaitExit(Duration limit) throws InterruptedException, TimeoutException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException(
                    "still running after " + limit + "; its lines were:\n" + String.join("\n", lines.all()));
        }
        reader.join(STOP_LIMIT.toMillis());
        return process.exitValue();
    }

    /** Without any chance to clean up, with all that it started. */
    public void kill() {
        tree().forEach(ProcessHandle::destroyForcibly);
    }

    /** As a supervisor does it: asks, waits, kills. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook does no harm.
            process.destroy();
        }
    }
}
