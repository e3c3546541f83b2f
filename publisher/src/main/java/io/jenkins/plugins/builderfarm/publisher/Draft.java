package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Assignment;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A manifest that is being changed: what it held, to be altered in place. Not thread-safe. */
final class Draft {
    final List<Release> releases;
    final Map<String, Version> channels;
    final Map<HostTypeName, Assignment> hostTypes;
    final List<Rollout> rollouts;
    final Map<String, List<Version>> history;
    Optional<Instant> expires;

    /** What the one who made the change should know. */
    final List<String> warnings = new ArrayList<>();

    private final long serial;

    private Draft(long serial, Manifest manifest) {
        this.serial = serial;
        this.releases = new ArrayList<>(manifest.releases());
        this.channels = new TreeMap<>(manifest.channels());
        this.hostTypes = new TreeMap<>(manifest.hostTypes());
        this.rollouts = new ArrayList<>(manifest.rollouts());
        this.history = new TreeMap<>(manifest.history());
        this.expires = manifest.expires();
    }

    /** What follows this manifest: its serial is one higher. */
    static Draft after(Manifest manifest) {
        return new Draft(manifest.serial() + 1, manifest);
    }

    /** The first manifest of a bucket. */
    static Draft first(long serial, Release release) {
        return new Draft(
                serial,
                new Manifest(
                        serial,
                        release.created(),
                        Optional.empty(),
                        List.of(release),
                        Map.of(Manifest.STABLE, release.version()),
                        Map.of(),
                        List.of()));
    }

    Optional<Release> release(Version version) {
        return releases.stream()
                .filter(release -> release.version().equals(version))
                .findFirst();
    }

    /** @throws Failure if it would not be whole */
    Manifest build(Instant created) throws Failure {
        try {
            return new Manifest(serial, created, expires, releases, channels, hostTypes, rollouts, history);
        } catch (IllegalArgumentException e) {
            throw Failure.manifest(e.getMessage());
        }
    }
}
