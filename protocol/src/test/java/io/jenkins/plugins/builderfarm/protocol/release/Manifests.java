package io.jenkins.plugins.builderfarm.protocol.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Manifests to test with. */
final class Manifests {
    static final Instant TIME = Instant.parse("2026-11-22T20:00:00Z");
    static final Version OLD = new Version("1.3");
    static final Version NEW = new Version("1.4");
    static final HostTypeName FOO = new HostTypeName("host-foo");
    static final HostTypeName BAR = new HostTypeName("host-bar");

    private Manifests() {}

    static Release release(Version version) {
        Sha256 sha256 = Sha256.of(version.value().getBytes(UTF_8));
        return new Release(version, Release.objectName(sha256), sha256, 1_000_000, 17, TIME);
    }

    static Manifest simple() {
        return new Manifest(
                1, TIME, Optional.empty(), List.of(release(OLD)), Map.of("stable", OLD), Map.of(), List.of());
    }

    /** Uses every field. */
    static Manifest full() {
        return new Manifest(
                7,
                TIME,
                Optional.of(TIME.plusSeconds(86_400)),
                List.of(release(OLD), release(NEW)),
                Map.of("stable", OLD, "canary", NEW),
                Map.of(FOO, new Assignment.Channel("canary"), BAR, new Assignment.Pin(OLD)),
                List.of(new Rollout("stable", NEW, 10), new Rollout("canary", OLD, 50, Set.of(FOO))),
                Map.of("stable", List.of(NEW, OLD)));
    }

    static Manifest of(Map<HostTypeName, Assignment> hostTypes, List<Rollout> rollouts) {
        return new Manifest(
                1,
                TIME,
                Optional.empty(),
                List.of(release(OLD), release(NEW)),
                Map.of("stable", OLD, "canary", NEW),
                hostTypes,
                rollouts);
    }
}
