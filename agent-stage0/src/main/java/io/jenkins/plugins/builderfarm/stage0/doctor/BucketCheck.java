package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.fetch.ManifestProbe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the bucket has a manifest that may be believed, and the jar that it assigns to this machine. */
record BucketCheck(String bucket, Releases releases, InstantSource clock) implements Check {
    private static final Duration SOON = Duration.ofDays(3);

    @Override
    public String name() {
        return "bucket";
    }

    @Override
    public Finding run() throws InterruptedException {
        ManifestProbe.Found found;
        try {
            found = releases.get();
        } catch (IOException e) {
            return Finding.fail(
                    Explain.of(e),
                    "compare -bucket and -release-key with what the farm's administrators gave you; until it is mended a"
                            + " kept buildlet is started");
        }
        Release release = found.release();
        String text = bucket + " is signed by a trusted key (serial "
                + found.manifest().serial() + ") and gives this machine release " + release.version() + " ("
                + release.size() + " bytes)";
        Optional<Instant> expires = found.manifest().expires();
        if (expires.isEmpty()) {
            return Finding.ok(text);
        }
        Duration left = Duration.between(clock.instant(), expires.get());
        if (left.isNegative()) {
            return Finding.warn(
                    text + ", but expired at " + expires.get(),
                    "tell the farm's administrators, unless clock warns too");
        }
        String until = text + ", valid until " + expires.get();
        return left.compareTo(SOON) < 0
                ? Finding.warn(until, "the farm's administrators should sign it anew")
                : Finding.ok(until);
    }
}
