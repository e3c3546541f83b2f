package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Fetches again and again while this machine has no network, as after a boot: at a random moment of an interval that
 * doubles. Not thread-safe.
 */
final class NetworkWait {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Log log;

    /** How to pause. */
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** One fetch. */
    interface Fetching {
        FetchOutcome run() throws InterruptedException;
    }

    /** @param nanoTime a clock that nobody can set back, in nanoseconds */
    NetworkWait(Duration limit, LongSupplier nanoTime, Sleeper sleeper, RandomGenerator random, Log log) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.random = random;
        this.log = log;
    }

    /** The first outcome that isn't for want of a network, or the last one within the limit. */
    FetchOutcome run(Fetching fetching) throws InterruptedException {
        FetchOutcome outcome = fetching.run();
        if (!waits(outcome) || limit.isZero()) {
            return outcome;
        }
        log.say("there is no network yet (" + outcome.failure().orElse("") + "); waits for it, up to "
                + limit.toSeconds() + " s");
        long begin = nanoTime.getAsLong();
        Duration interval = FIRST;
        while (waits(outcome) && elapsed(begin).compareTo(limit) < 0) {
            Duration left = limit.minus(elapsed(begin));
            Duration pause = Duration.ofMillis(random.nextLong(interval.toMillis()) + 1);
            sleeper.sleep(pause.compareTo(left) < 0 ? pause : left);
            interval = shorter(interval.multipliedBy(2), LONGEST);
            outcome = fetching.run();
        }
        log.say((waits(outcome) ? "still no network after " : "the network is there after ")
                + elapsed(begin).toSeconds() + " s");
        return outcome;
    }

    /** What could be started from what is kept is started: the buildlet waits for its network itself. */
    private static boolean waits(FetchOutcome outcome) {
        return outcome.offline() && outcome.release().isEmpty();
    }

    private Duration elapsed(long begin) {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
