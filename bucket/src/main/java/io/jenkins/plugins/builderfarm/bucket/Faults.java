package io.jenkins.plugins.builderfarm.bucket;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What goes wrong with a server, as a list of rules: the oldest rule that matches a request and is not spent decides.
 *
 * <pre>{@code
 * server.faults().on(media().and(object("buildlet.jar"))).skip(1).times(2).inject(Fault.status(503, 1));
 * }</pre>
 *
 * <p>A request that one rule decides is not counted by the others. Thread-safe; rules may come and go while requests run.
 */
public final class Faults {

    private final List<Injected> rules = new CopyOnWriteArrayList<>();

    Faults() {}

    /** Begins a rule: for every matching request, from the next one on, until told otherwise. */
    public Rule on(RequestMatch match) {
        return new Rule(Objects.requireNonNull(match, "match"), 0, Long.MAX_VALUE);
    }

    /** Takes every rule away; what hangs already goes on hanging until it is released. */
    public void clear() {
        rules.clear();
    }

    Optional<Injected> pick(BucketRequest request) {
        return rules.stream()
                .filter(rule -> rule.rule.match.matches(request) && rule.take())
                .findFirst();
    }

    /** A rule that is being put together; immutable. */
    public final class Rule {

        private final RequestMatch match;
        private final long skipped;
        private final long times;

        private Rule(RequestMatch match, long skipped, long times) {
            this.match = match;
            this.skipped = skipped;
            this.times = times;
        }

        /** Lets the first matching requests pass. */
        public Rule skip(long requests) {
            return new Rule(match, requests, times);
        }

        /** Is spent after so many. */
        public Rule times(long requests) {
            return new Rule(match, skipped, requests);
        }

        /** Only the n-th matching request, counted from 1. */
        public Rule nth(long number) {
            return skip(number - 1).times(1);
        }

        /** Puts the rule in force. */
        public Injected inject(Fault fault) {
            Injected injected = new Injected(this, Objects.requireNonNull(fault, "fault"));
            rules.add(injected);
            return injected;
        }
    }

    /** A rule in force; closing it takes it away. */
    public final class Injected implements AutoCloseable {

        private final Rule rule;
        private final Fault fault;
        private final AtomicLong matched = new AtomicLong();

        private Injected(Rule rule, Fault fault) {
            this.rule = rule;
            this.fault = fault;
        }

        /** How many requests the fault has hit. */
        public long hits() {
            return Math.min(Math.max(matched.get() - rule.skipped, 0), rule.times);
        }

        @Override
        public void close() {
            rules.remove(this);
        }

        Fault fault() {
            return fault;
        }

        private boolean take() {
            long number = matched.getAndIncrement();
            return number >= rule.skipped && number - rule.skipped < rule.times;
        }
    }
}
