package io.jenkins.plugins.builderfarm.coordinator.port;

import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import java.util.Optional;

/** Knows which buildlet each machine is to run. */
@FunctionalInterface
public interface ReleaseFeed {
    /** No machine is ever sent for a newer buildlet. */
    ReleaseFeed NONE = Optional::empty;

    /**
     * The latest manifest whose signature was verified; empty as long as there is none. Asked in every tick: must be
     * quick, and give the same object until there is a newer one.
     */
    Optional<Manifest> manifest();
}
