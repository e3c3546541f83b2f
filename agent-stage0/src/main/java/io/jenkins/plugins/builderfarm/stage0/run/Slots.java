package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two releases that a machine keeps: the one that it is to run, and the last one that finished a lease here. One that
 * keeps failing before it has is left for the other for a while. Immutable; every change is a new value.
 *
 * @param assigned what the manifest says
 * @param good what last finished a lease here; the same as {@code assigned} once that has
 * @param failures failed starts of {@code assigned} since it was assigned and before it was good
 * @param leftAt when it was left, if it was
 * @param started the release whose run hasn't been judged yet: it is under way, or the process died
 */
public record Slots(
        Optional<KeptRelease> assigned,
        Optional<KeptRelease> good,
        int failures,
        Optional<Instant> leftAt,
        Optional<Sha256> started) {
    /** Failed starts after which a release is left. */
    public static final int PATIENCE = 3;

    private static final Duration FIRST_LEAVE = Duration.ofHours(1);
    private static final Duration LONGEST_LEAVE = Duration.ofHours(24);
    /** Leaves double up to the longest. */
    private static final int DOUBLINGS = 5;

    public static final Slots EMPTY =
            new Slots(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());

    /** The manifest assigns this release; one that was not assigned before starts with a clean record. */
    public Slots assign(KeptRelease release) {
        return assigned.filter(known -> known.sha256().equals(release.sha256())).isPresent()
                ? new Slots(Optional.of(release), good, failures, leftAt, started)
                : new Slots(Optional.of(release), good, 0, Optional.empty(), started);
    }

    /** Whether a run of this release decides anything: it is assigned and has yet to finish a lease here. */
    public boolean onTrial(KeptRelease release) {
        return assigned.filter(release::equals).isPresent()
                && !good.filter(release::equals).isPresent();
    }

    /** What to start, best first. The second is for the case that the first one's jar turns out to be damaged. */
    public List<KeptRelease> candidates(Instant now) {
        List<KeptRelease> candidates = new ArrayList<>();
        if (!left(now)) {
            assigned.ifPresent(candidates::add);
        }
        good.filter(release -> !candidates.contains(release)).ifPresent(candidates::add);
        return candidates;
    }

    /** Whether the assigned release is left for the last good one at this moment. */
    public boolean left(Instant now) {
        boolean alternative = good.isPresent() && !good.equals(assigned);
        // A clock that was set back must not prolong the leave.
        return alternative
                && leftAt.filter(since -> !now.isBefore(since) && now.isBefore(since.plus(leave())))
                        .isPresent();
    }

    private Duration leave() {
        Duration leave = FIRST_LEAVE.multipliedBy(1L << Math.max(0, Math.min(DOUBLINGS, failures - PATIENCE)));
        return leave.compareTo(LONGEST_LEAVE) < 0 ? leave : LONGEST_LEAVE;
    }

    /** What people should know of it: {@code release 1.4 left after 3 failed starts, runs release 1.3 instead}. */
    public Optional<String> leaveNote(Instant now) {
        if (!left(now)) {
            return Optional.empty();
        }
        return Optional.of(assigned.orElseThrow() + " left after " + failures + " failed starts, runs "
                + good.orElseThrow() + " instead; tried again after "
                + leftAt.orElseThrow().plus(leave()));
    }

    /** A run of this release begins. */
    public Slots start(KeptRelease release) {
        return new Slots(assigned, good, failures, leftAt, Optional.of(release.sha256()));
    }

    /** The run that was begun last is over; without one, nothing changes. */
    public Slots end(Ending ending, Instant now) {
        if (started.isEmpty()) {
            return this;
        }
        Slots ended = new Slots(assigned, good, failures, leftAt, Optional.empty());
        boolean tried = assigned.map(KeptRelease::sha256).equals(started) && onTrial(assigned.orElseThrow());
        if (!tried || ending == Ending.UNDECIDED) {
            return ended;
        }
        return ending == Ending.PROVED
                ? new Slots(assigned, assigned, 0, Optional.empty(), Optional.empty())
                : ended.failed(now);
    }

    private Slots failed(Instant now) {
        int more = failures + 1;
        return new Slots(assigned, good, more, more >= PATIENCE ? Optional.of(now) : Optional.empty(), started);
    }
}
