package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this machine knows of its releases, kept on the disk, every change in the log. A disk that takes no more keeps
 * nothing from running: then the verdict on a run is lost, and that is said. Not thread-safe.
 */
final class Ledger {
    private final StateDirectory state;
    private final SlotsStore store;
    private final Progress progress;
    private final InstantSource clock;
    private final Log log;
    private Slots slots = Slots.EMPTY;
    private boolean recorded;
    private boolean said;

    Ledger(StateDirectory state, InstantSource clock, Log log) {
        this.state = state;
        this.store = new SlotsStore(state.slots(), log);
        this.progress = new Progress(state.progress());
        this.clock = clock;
        this.log = log;
    }

    Slots slots() {
        return slots;
    }

    Progress progress() {
        return progress;
    }

    /**
     * Reads what is known, and judges the last run if its process died with it.
     *
     * @throws IOException if it can't be read
     */
    void load() throws IOException {
        slots = store.load();
        said = false;
        if (slots.started().isPresent()) {
            judge(progress.ending(false));
        }
    }

    /** Takes note of what a fetch brought, and throws away jars that are of no use any more. */
    void assign(FetchOutcome fetched) {
        Slots before = slots;
        Slots assigned = fetched.release().map(before::assign).orElse(before);
        if (!assigned.equals(before)) {
            log.say("this machine is to run " + assigned.assigned().orElseThrow()
                    + before.assigned().map(old -> " (was: " + old + ")").orElse(""));
            save(assigned);
        }
        if (fetched.failure().isEmpty()) {
            try {
                state.jars().keepOnly(kept());
            } catch (IOException e) {
                log.say("old jars can't be removed: " + Explain.of(e));
            }
        }
    }

    private Set<KeptRelease> kept() {
        return Stream.concat(slots.assigned().stream(), slots.good().stream()).collect(Collectors.toSet());
    }

    /** A run of this release begins. */
    void begin(KeptRelease release) {
        recorded = save(slots.start(release));
        try {
            progress.clear();
        } catch (IOException e) {
            // An old run's progress must not pass for this one's.
            recorded = false;
            unwritable(e);
        }
    }

    /**
     * The run is over.
     *
     * @param orderly whether it came back with exit code 0
     */
    Ending end(boolean orderly) {
        Ending ending = recorded ? progress.ending(orderly) : Ending.UNDECIDED;
        judge(ending);
        return ending;
    }

    private void judge(Ending ending) {
        Slots before = slots;
        save(before.end(ending, clock.instant()));
        if (!slots.good().equals(before.good())) {
            log.say(slots.good().orElseThrow() + " has finished a lease: it is the last good one from now on");
        } else if (slots.failures() > before.failures()) {
            log.say(slots.assigned().orElseThrow() + " failed before it had finished a lease (" + slots.failures()
                    + (slots.failures() == 1 ? " start)" : " starts)"));
        }
    }

    private boolean save(Slots changed) {
        slots = changed;
        try {
            store.save(changed);
            return true;
        } catch (IOException e) {
            unwritable(e);
            return false;
        }
    }

    private void unwritable(IOException e) {
        if (!said) {
            said = true;
            log.say("the state directory can't be written to, so nothing is learned from this run: " + Explain.of(e));
        }
    }
}
