package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.keys.Generation;
import java.time.Instant;

/** One generation of a builder key, as an administrator sees it. */
public final class GenerationRow {
    public final int number;
    public final boolean revoked;
    /** Who and when; empty for the first, which was there from the beginning. */
    public final String started;
    /** Who and when; empty unless revoked. */
    public final String revocation;
    /** Connected machines that proved it. */
    public final long machines;

    GenerationRow(Generation generation, long machines) {
        number = generation.getNumber();
        revoked = generation.isRevoked();
        started = generation
                .startedBy()
                .map(by -> by + ", " + ago(generation.startedAt().orElseThrow()))
                .orElse("");
        revocation = generation
                .revokedBy()
                .map(by -> by + ", " + ago(generation.revokedAt().orElseThrow()))
                .orElse("");
        this.machines = machines;
    }

    private static String ago(Instant instant) {
        return Times.ago(instant.toString()) + " ago";
    }
}
