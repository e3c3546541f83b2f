package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.buildlet.agent.AgentJars;
import io.jenkins.plugins.builderfarm.buildlet.agent.BoundedCache;
import io.jenkins.plugins.builderfarm.buildlet.control.Backoff;
import io.jenkins.plugins.builderfarm.buildlet.control.ControlLine;
import io.jenkins.plugins.builderfarm.buildlet.control.Introduction;
import io.jenkins.plugins.builderfarm.buildlet.control.WebSocketDialer;
import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import io.jenkins.plugins.builderfarm.buildlet.loop.ThreadLoop;
import io.jenkins.plugins.builderfarm.buildlet.machine.Gauges;
import io.jenkins.plugins.builderfarm.buildlet.machine.Leftovers;
import io.jenkins.plugins.builderfarm.buildlet.machine.MachineFacts;
import io.jenkins.plugins.builderfarm.buildlet.machine.Preflight;
import io.jenkins.plugins.builderfarm.buildlet.machine.ProcessTable;
import io.jenkins.plugins.builderfarm.buildlet.machine.Reboot;
import io.jenkins.plugins.builderfarm.buildlet.machine.WorkDirectory;
import io.jenkins.plugins.builderfarm.protocol.key.KeyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts the parts together for one run, and takes them apart at its end. */
record Assembly(Options options, KeyFile key, WorkDirectory workDirectory, Log log) {
    private static final String TEMPORARY = "java.io.tmpdir";
    /** Bytes of Jenkins's jars that may stay on the disk; a controller with many plugins sends some 50 MB. */
    private static final long MOST_JARS = 256L << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);
    /** How long a signal's end waits for the clean-up; supervisors kill after 10 to 90 seconds. */
    private static final Duration STOPPING = Duration.ofSeconds(25);

    ExitCode run() {
        String before = System.setProperty(TEMPORARY, workDirectory.temporary().toString());
        CompletableFuture<ExitCode> end = new CompletableFuture<>();
        ExecutorService worker = Executors.newSingleThreadExecutor(Assembly::workerThread);
        try (ThreadLoop loop = new ThreadLoop(problem -> failed(problem, end))) {
            SecureRandom random = new SecureRandom();
            Buildlet buildlet = new Buildlet(
                    loop,
                    task -> worker.execute(() -> guarded(task, end)),
                    work(random),
                    new Progress(options.progressFile(), log),
                    new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, random),
                    options.reboot(),
                    log,
                    end::complete);
            ControlLine line = new ControlLine(
                    loop,
                    new WebSocketDialer(CONNECT_TIMEOUT),
                    introduction(random),
                    new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, random),
                    log,
                    buildlet);
            Thread hook = new Thread(() -> stop(loop, buildlet, end), "buildlet-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            loop.execute(() -> buildlet.start(line));
            ExitCode code = end.join();
            removeHook(hook);
            return code;
        } finally {
            worker.shutdownNow();
            System.setProperty(TEMPORARY, before);
        }
    }

    private Work work(SecureRandom random) {
        Gauges gauges = new Gauges(workDirectory.path(), root());
        Leftovers leftovers = new Leftovers(workDirectory.path(), new ProcessTable(root().resolve("proc")), log);
        Path agents = workDirectory.path().resolveSibling("agent");
        return new MachineWork(
                options.controller(),
                workDirectory,
                new AgentJars(agents, options.controller(), InstantSource.system()),
                new BoundedCache(agents.resolve("jars"), MOST_JARS),
                new Preflight(workDirectory, leftovers, gauges, options.leastDisk(), options.leastMemory()),
                gauges,
                leftovers,
                new Reboot(System.getenv(Reboot.COMMAND_VARIABLE), System.getProperty("os.name"), log),
                random,
                log);
    }

    private Introduction introduction(SecureRandom random) {
        MachineFacts facts = new MachineFacts(
                new Gauges(workDirectory.path(), root()),
                BuildletVersion.current(),
                options.stage0(),
                workDirectory.path());
        List<String> notes = new ArrayList<>(options.notes());
        notes.addAll(key.warnings());
        key.warnings().forEach(warning -> log.line("warning: " + warning));
        return new Introduction(options.controller(), options.machine(), key.key(), random, facts::read, notes);
    }

    private Path root() {
        return Objects.requireNonNull(workDirectory.path().getRoot(), "an absolute path has a root");
    }

    private static Thread workerThread(Runnable task) {
        Thread thread = new Thread(task, "buildlet-worker");
        thread.setDaemon(true);
        return thread;
    }

    private void guarded(Runnable task, CompletableFuture<ExitCode> end) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed(e, end);
        }
    }

    private void failed(Throwable problem, CompletableFuture<ExitCode> end) {
        log.line("unexpected failure: " + Reasons.of(problem));
        problem.printStackTrace();
        end.complete(ExitCode.FAILURE);
    }

    /** In the JVM's last moments: the build's processes and files must not outlive it. */
    private void stop(ThreadLoop loop, Buildlet buildlet, CompletableFuture<ExitCode> end) {
        log.line("stopping");
        loop.execute(buildlet::stop);
        try {
            end.get(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.line("not done after " + STOPPING.toSeconds() + " s; leaving anyway");
        } catch (java.util.concurrent.ExecutionException e) {
            log.line(Reasons.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it runs already, and waits for nothing any more
        }
    }
}
