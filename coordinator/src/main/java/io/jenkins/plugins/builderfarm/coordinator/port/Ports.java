package io.jenkins.plugins.builderfarm.coordinator.port;

import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * All that the coordinator needs of the world.
 *
 * @param agentJar what machines are told to run; asked at every welcome, must be quick
 */
public record Ports(
        MasterKey masterKey,
        InstantSource clock,
        SecureRandom random,
        Events events,
        HistoryStore history,
        ReleaseFeed releases,
        Supplier<AgentJar> agentJar) {
    public Ports {
        Objects.requireNonNull(masterKey, "masterKey");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(releases, "releases");
        Objects.requireNonNull(agentJar, "agentJar");
    }
}
