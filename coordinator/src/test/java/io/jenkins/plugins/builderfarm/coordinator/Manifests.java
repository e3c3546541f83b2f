package io.jenkins.plugins.builderfarm.coordinator;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests with one release, for all. */
final class Manifests {
    private Manifests() {}

    static Optional<Manifest> of(long serial, String version) {
        Instant created = Instant.parse("2026-11-23T08:00:00Z");
        Sha256 digest = Sha256.of(new byte[] {(byte) serial});
        Release release = new Release(new Version(version), Release.objectName(digest), digest, 1, 17, created);
        return Optional.of(new Manifest(
                serial,
                created,
                Optional.empty(),
                List.of(release),
                Map.of(Manifest.STABLE, release.version()),
                Map.of(),
                List.of()));
    }
}
