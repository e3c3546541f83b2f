package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often, and after what pause, a failed request is made again: a few times, at a random moment of an interval that
 * doubles (full jitter, so that a thousand machines that failed together don't come back together). Not thread-safe.
 */
final class Retries {
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Deadline deadline;
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final Log log;
    private int failures;

    /** How to pause. */
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    Retries(Deadline deadline, RandomGenerator random, Sleeper sleeper, Log log) {
        this.deadline = deadline;
        this.random = random;
        this.sleeper = sleeper;
        this.log = log;
    }

    /** Forgets past failures: something was gained since. */
    void gained() {
        failures = 0;
    }

    /**
     * Returns when it is time for the next attempt.
     *
     * @throws FetchException the failure itself, if there is to be none
     */
    void afterFailure(FetchException failure) throws FetchException, InterruptedException {
        failures++;
        Duration interval = FIRST.multipliedBy(1L << (failures - 1));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration pause = asked.plusMillis(random.nextLong(interval.toMillis()));
        boolean worthwhile = failure.remedy() == Remedy.RETRY
                && failures < ATTEMPTS
                && asked.compareTo(LONGEST) <= 0
                && pause.compareTo(deadline.remaining().dividedBy(2)) < 0;
        if (!worthwhile) {
            throw failure;
        }
        if (!HttpFailures.isOffline(failure)) {
            // Whoever waits for a network says so once.
            log.say(failure.getMessage() + "; tries again");
        }
        sleeper.sleep(pause);
    }
}
