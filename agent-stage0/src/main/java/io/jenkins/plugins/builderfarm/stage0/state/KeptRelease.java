package io.jenkins.plugins.builderfarm.stage0.state;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A release whose jar is on this machine.
 *
 * @param size in bytes
 */
public record KeptRelease(Version version, Sha256 sha256, long size) {
    public KeptRelease {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Adds this release to a state file's fields under a prefix. */
    public void putInto(Map<String, String> fields, String prefix) {
        fields.put(prefix + ".version", version.value());
        fields.put(prefix + ".sha256", sha256.hex());
        fields.put(prefix + ".size", Long.toString(size));
    }

    /** The release under a prefix, empty if there is none. */
    public static Optional<KeptRelease> from(Map<String, String> fields, String prefix) {
        String version = fields.get(prefix + ".version");
        String sha256 = fields.get(prefix + ".sha256");
        String size = fields.get(prefix + ".size");
        if (version == null || sha256 == null || size == null) {
            return Optional.empty();
        }
        return Optional.of(new KeptRelease(new Version(version), Sha256.parse(sha256), Long.parseLong(size)));
    }

    /** How people know it: {@code release 1.4}. */
    @Override
    public String toString() {
        return "release " + version;
    }
}
