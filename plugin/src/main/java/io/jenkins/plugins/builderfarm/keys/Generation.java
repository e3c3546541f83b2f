package io.jenkins.plugins.builderfarm.keys;

import java.time.Instant;
import java.util.Optional;

/** One generation of a host type's builder key: who started it, and who revoked it. Immutable. */
public final class Generation {
    private final int number;
    private final String startedBy;
    private final String startedAt;
    private final String revokedBy;
    private final String revokedAt;

    private Generation(int number, String startedBy, String startedAt, String revokedBy, String revokedAt) {
        this.number = number;
        this.startedBy = startedBy;
        this.startedAt = startedAt;
        this.revokedBy = revokedBy;
        this.revokedAt = revokedAt;
    }

    /** A host type's first generation is there from the beginning: nobody started it. */
    static Generation first() {
        return new Generation(1, null, null, null, null);
    }

    static Generation started(int number, String by, Instant at) {
        return new Generation(number, by, at.toString(), null, null);
    }

    Generation revoked(String by, Instant at) {
        return new Generation(number, startedBy, startedAt, by, at.toString());
    }

    public int getNumber() {
        return number;
    }

    /** Empty for the first. */
    public Optional<String> startedBy() {
        return Optional.ofNullable(startedBy);
    }

    /** Empty for the first. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt).map(Instant::parse);
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }

    /** Empty unless revoked. */
    public Optional<String> revokedBy() {
        return Optional.ofNullable(revokedBy);
    }

    /** Empty unless revoked. */
    public Optional<Instant> revokedAt() {
        return Optional.ofNullable(revokedAt).map(Instant::parse);
    }
}
