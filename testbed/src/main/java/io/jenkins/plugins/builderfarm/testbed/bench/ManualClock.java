package io.jenkins.plugins.builderfarm.testbed.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when it is told to, so that a minute of health checks takes no minute. Thread-safe. */
final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
