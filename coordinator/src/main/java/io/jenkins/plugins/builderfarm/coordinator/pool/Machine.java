package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.coordinator.memory.History;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.time.Instant;
import java.util.List;

/**
 * A machine that is connected or leased. There are ten thousand of them, so it holds little. Guarded by the farm's lock;
 * the state is changed through {@link Machines} alone.
 */
public final class Machine {
    final Roster roster;
    final History history;
    MachineState state = MachineState.CONNECTING;
    Instant since;

    /** The control connection; null while a leased machine is without. */
    Applicant session;

    /** Null as long as a machine that is expected after a restart hasn't dialled in. */
    Facts facts;

    int generation;
    List<String> notes = List.of();

    /** Why it sets itself aside. */
    List<String> reasons = List.of();

    /** It said that it can work, and nothing else since: if it is set aside, then because it is drained. */
    boolean ready;

    /** The lease that has not ended; null if there is none. */
    LiveLease lease;

    /** The lease that it is cleaning up after; null if there is none. */
    LeaseId releasing;

    /** It has said its last word on this connection: the next one replaces it without a question. */
    boolean done;

    /** The last health check's number, when its answer is due, and whether it is still to come. */
    long sequence;

    long asked;
    long answerBy;
    boolean unanswered;

    /** The answer is late: it isn't leased until it answers. */
    boolean suspect;

    final Timer health;

    /** Runs while it is expected to leave. */
    final Timer exit;

    /** A second connection under its name that waits for its being dead or alive; null if there is none. */
    Applicant challenger;

    /** When a second machine was last found to use its name; null if not lately. */
    Instant duplicate;

    /** Ends what {@link #duplicate} says; null if there never was a second machine. */
    Timer duplicateEnd;

    /** It stands in the queue of those that get a newer buildlet. */
    boolean candidate;

    /** Neighbours in the queue of idle machines; null outside of it. */
    Machine before;

    Machine after;

    Machine(Roster roster, History history, Hooks hooks) {
        this.roster = roster;
        this.history = history;
        this.health = new Timer(() -> hooks.healthDue(this));
        this.exit = new Timer(() -> hooks.exitOverdue(this));
    }

    public MachineId id() {
        return history.id();
    }

    Hostname hostname() {
        return history.id().hostname();
    }

    /** What happens to a machine by time alone. */
    interface Hooks {
        void healthDue(Machine machine);

        void exitOverdue(Machine machine);
    }

    @Override
    public String toString() {
        return id() + " " + state;
    }
}
