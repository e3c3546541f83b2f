package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Line;
import io.jenkins.plugins.builderfarm.coordinator.pool.Pool;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets strangers in, few at a time, and machines once they have proved themselves. Thread-safe. */
public final class Admission {
    private static final Duration LEAST_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER_SPREAD = Duration.ofMillis(29_999);

    /** A refused machine comes back after a while, since what is against it may change. */
    private static final Duration LEAST_RETRY = Duration.ofSeconds(20);

    private static final Duration MOST_RETRY = Duration.ofSeconds(40);

    /** A machine that misses so many health checks in a row takes the connection for dead. */
    private static final int SILENT_CHECKS = 3;

    private final Context context;
    private final Pool pool;
    private final Places places;
    private final Policy policy;
    private final Refusals refusals;

    /** Whether anyone is heard at all. Guarded by the lock. */
    private boolean open;

    public Admission(Context context, Pool pool) {
        this.context = context;
        this.pool = pool;
        this.places = new Places(context.bounds());
        this.policy = new Policy(pool);
        this.refusals = new Refusals(context);
    }

    /** From now on these settings count, and strangers are heard. Under the lock. */
    public void configure(FarmSettings settings) {
        policy.setFarm(settings);
        open = true;
    }

    /** Nobody is heard any more. Under the lock. */
    public void close() {
        open = false;
    }

    public Optional<Ticket> tryUpgrade(String address) {
        return context.lock()
                .get(() -> open && places.take(address)
                        ? Optional.of(new Place(context, places, address))
                        : Optional.empty());
    }

    public Duration retryAfter() {
        long millis = context.lock().get(() -> context.between(Duration.ZERO, RETRY_AFTER_SPREAD));
        return Duration.ofSeconds(
                LEAST_RETRY_AFTER.toSeconds() + Duration.ofMillis(millis).toSeconds());
    }

    public Session open(Ticket ticket, Connection connection) {
        if (!(ticket instanceof Place place)) {
            throw new IllegalArgumentException("this ticket was not given by a coordinator");
        }
        Nonce nonce = Nonce.random(context.ports().random());
        Dialogue dialogue = new Dialogue(context, this, place, new Line(context.lock(), connection), nonce);
        context.lock().run(dialogue::begin);
        return dialogue;
    }

    public List<Refusal> refusals() {
        return context.lock().get(refusals::latest);
    }

    Pool pool() {
        return pool;
    }

    Policy policy() {
        return policy;
    }

    Refusals recorded() {
        return refusals;
    }

    /** Under the lock. */
    long retryMillis() {
        return context.between(LEAST_RETRY, MOST_RETRY);
    }

    long silenceMillis() {
        return Pool.longestPause(context.timings()).multipliedBy(SILENT_CHECKS).toMillis();
    }
}
