package io.jenkins.plugins.builderfarm.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class FakeClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration duration) {
        now = now.plus(duration);
    }
}
