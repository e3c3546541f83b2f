package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.port.HistoryStore;
import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a controller on loopback is made of.
 *
 * @param port 0 for any free one
 * @param agentJar the agent program; empty if there is none to be had
 */
public record LoopbackSetup(
        int port,
        MasterKey masterKey,
        List<HostTypeSettings> hostTypes,
        ReleaseFeed releases,
        HistoryStore history,
        Optional<Path> agentJar,
        Timings timings,
        Bounds bounds) {
    public LoopbackSetup {
        hostTypes = List.copyOf(hostTypes);
    }

    /** Any port, no releases, no history, no agent program, production's timings and bounds. */
    public static LoopbackSetup of(MasterKey masterKey, HostTypeSettings... hostTypes) {
        return new LoopbackSetup(
                0,
                masterKey,
                List.of(hostTypes),
                ReleaseFeed.NONE,
                new MemoryHistory(),
                Optional.empty(),
                Timings.DEFAULT,
                Bounds.DEFAULT);
    }

    public LoopbackSetup withPort(int newPort) {
        return new LoopbackSetup(newPort, masterKey, hostTypes, releases, history, agentJar, timings, bounds);
    }

    public LoopbackSetup withReleases(ReleaseFeed newReleases) {
        return new LoopbackSetup(port, masterKey, hostTypes, newReleases, history, agentJar, timings, bounds);
    }

    public LoopbackSetup withAgentJar(Path newAgentJar) {
        return new LoopbackSetup(
                port, masterKey, hostTypes, releases, history, Optional.of(newAgentJar), timings, bounds);
    }

    public LoopbackSetup withBounds(Bounds newBounds) {
        return new LoopbackSetup(port, masterKey, hostTypes, releases, history, agentJar, timings, newBounds);
    }
}
