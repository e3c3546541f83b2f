package io.jenkins.plugins.builderfarm.coordinator.config;

import java.time.Duration;

/**
 * How long things may take. None is ever trusted to a machine's clock.
 *
 * @param handshake from an accepted upgrade to a proved hello; also how long a machine is waited for whose name a second
 *     one claims
 * @param healthCheck between two health checks of a machine; up to a quarter less or more, at random
 * @param healthAnswer how long an unanswered health check is waited for before the connection is dropped
 * @param accept from a reserved lease to its start, and from its start to its acceptance
 * @param online from an accepted lease to its agent's being online, and how long an agent may be offline after that
 * @param vanished how long a leased machine may have neither a control connection nor an agent before its lease is lost
 * @param release from a sent release to the machine's answer
 * @param restartGrace how long after a restart of the controller an expected lease waits for its machine
 * @param unchanged how long a machine that was sent for a newer buildlet and came back without is left alone
 * @param returning how long a machine that is gone isn't yet counted as missing
 */
public record Timings(
        Duration handshake,
        Duration healthCheck,
        Duration healthAnswer,
        Duration accept,
        Duration online,
        Duration vanished,
        Duration release,
        Duration restartGrace,
        Duration unchanged,
        Duration returning) {
    /** What runs in production. */
    public static final Timings DEFAULT = new Timings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(300),
            Duration.ofMinutes(10),
            Duration.ofMinutes(3));
}
