package io.jenkins.plugins.builderfarm.coordinator.history;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody wants a machine to get no work until it is resumed. Immutable.
 *
 * @param by who, as people are known to the one who leases machines
 * @param why for people; may be empty
 */
public record Drained(String by, Instant since, String why) {
    public Drained {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(why, "why");
    }

    /** For people: {@code drained by ada: new disk}. */
    public String reason() {
        return "drained by " + by + (why.isEmpty() ? "" : ": " + why);
    }
}
