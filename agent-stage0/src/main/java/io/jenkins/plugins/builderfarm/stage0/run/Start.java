package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.Options;
import io.jenkins.plugins.builderfarm.stage0.Stage0Version;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchRequest;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.JarStore;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One start: look for a newer release, choose between it and the last good one, run that, and judge it. Not thread-safe. */
public final class Start {
    /** Nothing can be started: no release could be fetched, and none is kept. */
    public static final int EXIT_NOTHING = 8;

    private final Options options;
    private final Fetcher fetcher;
    private final InstantSource clock;
    private final Log log;
    private final JarStore jars;
    private final Ledger ledger;

    /** How releases get here. */
    public interface Fetcher {
        /** Fetches; whatever goes wrong is in the outcome. */
        FetchOutcome fetch(FetchRequest request) throws InterruptedException;
    }

    /**
     * Fetches in a process of its own.
     *
     * @param options whose state directory is there, and locked where that was possible
     */
    public Start(Options options, InstantSource clock, Log log) {
        this(options, FetchProcess::run, clock, log);
    }

    /** Fetches otherwise. */
    public Start(Options options, Fetcher fetcher, InstantSource clock, Log log) {
        this.options = options;
        this.fetcher = fetcher;
        this.clock = clock;
        this.log = log;
        this.jars = options.state().jars();
        this.ledger = new Ledger(options.state(), clock, log);
    }

    /**
     * How a start ended.
     *
     * @param code the process's exit code, if this was the only start
     * @param ending what the run said of its release; empty if there was none
     */
    public record Result(int code, Optional<Ending> ending) {}

    /**
     * Returns when the buildlet has.
     *
     * @throws IOException if the state directory can't be read
     */
    public Result run() throws InterruptedException, IOException {
        ledger.load();
        boolean dispensable = ledger.slots().good().isPresent();
        FetchOutcome fetched = fetch(dispensable);
        ledger.assign(fetched);
        List<String> notes = new ArrayList<>();
        fetched.failure().ifPresent(why -> notes.add("no newer release could be fetched: " + why));
        notes.addAll(fetched.warnings());
        ledger.slots().leaveNote(clock.instant()).ifPresent(notes::add);
        notes.forEach(log::say);
        List<KeptRelease> candidates = ledger.slots().candidates(clock.instant());
        Optional<KeptRelease> chosen = choose(candidates);
        if (chosen.isEmpty()) {
            log.say("nothing can be started: "
                    + (candidates.isEmpty() ? "no release is kept here" : "every kept jar is damaged"));
            return new Result(EXIT_NOTHING, Optional.empty());
        }
        return run(chosen.get(), notes);
    }

    private FetchOutcome fetch(boolean dispensable) throws InterruptedException {
        FetchRequest request = options.fetchRequest(dispensable);
        boolean nothingKept = ledger.slots().candidates(clock.instant()).isEmpty();
        return nothingKept
                ? new NetworkWait(
                                options.waitForNetwork(),
                                System::nanoTime,
                                pause -> Thread.sleep(pause.toMillis()),
                                RandomGenerator.getDefault(),
                                log)
                        .run(() -> fetcher.fetch(request))
                : fetcher.fetch(request);
    }

    /** The digest is checked at every start: a disk can spoil in a minute what it kept for a year. */
    private Optional<KeptRelease> choose(List<KeptRelease> candidates) throws IOException {
        for (KeptRelease candidate : candidates) {
            if (jars.isWhole(candidate)) {
                return Optional.of(candidate);
            }
            log.say("the kept jar of " + candidate + " is missing or damaged; it is not started");
        }
        return Optional.empty();
    }

    private Result run(KeptRelease release, List<String> notes) {
        ledger.begin(release);
        boolean onTrial = ledger.slots().onTrial(release);
        log.say("starts " + release + (onTrial ? " (has not finished a lease here yet)" : ""));
        Thread stopping = new Thread(ledger.progress()::stopped, "stopping");
        Runtime.getRuntime().addShutdownHook(stopping);
        TrialWatch watch = TrialWatch.start(ledger.progress(), options.dialWithin(), onTrial, log);
        int code;
        try {
            code = Buildlet.run(jars.path(release.sha256()), arguments(notes), log);
        } finally {
            watch.stop();
        }
        removeHook(stopping);
        log.say(release + " ended with exit code " + code);
        return new Result(code, Optional.of(ledger.end(code == 0)));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has run, which is what it is for.
        }
    }

    private List<String> arguments(List<String> notes) {
        List<String> arguments = new ArrayList<>(options.buildletArguments());
        arguments.addAll(List.of(
                "-stage0-version",
                Stage0Version.TEXT,
                "-progress-file",
                ledger.progress().file().toString()));
        for (String note : notes) {
            arguments.addAll(List.of("-note", note));
        }
        return arguments;
    }
}
