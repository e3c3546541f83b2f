package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One fetch: the manifest, then the jar of the release that it assigns to this machine. When the bucket fails, the
 * manifest kept from before still says which of the kept jars is this machine's. Not thread-safe.
 */
final class Fetch {
    /** Makes the bucket's client, which fails if credentials are configured but can't be used. */
    interface BucketFactory {
        BucketReader open() throws IOException;
    }

    private final FetchRequest request;
    private final BucketFactory buckets;
    private final Supplier<Retries> retries;
    private final InstantSource clock;
    private final int javaVersion;
    private final Log log;

    /** @param javaVersion feature version of the Java that would run the buildlet */
    Fetch(
            FetchRequest request,
            BucketFactory buckets,
            Supplier<Retries> retries,
            InstantSource clock,
            int javaVersion,
            Log log) {
        this.request = request;
        this.buckets = buckets;
        this.retries = retries;
        this.clock = clock;
        this.javaVersion = javaVersion;
        this.log = log;
    }

    /** How it went; every failure is in the outcome. */
    FetchOutcome run() throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        boolean offline = false;
        Optional<KeptRelease> release = Optional.empty();
        BucketReader bucket = null;
        ManifestStore store = null;
        try {
            store = ManifestStore.open(request, log);
            bucket = buckets.open();
            new ManifestFetch(request, bucket, store, retries.get()).run();
        } catch (IOException e) {
            failure = Optional.of(Explain.of(e));
            offline = HttpFailures.isOffline(e);
        }
        Optional<Manifest> manifest = store == null ? Optional.empty() : store.manifest();
        if (manifest.isPresent()) {
            expired(manifest.get()).ifPresent(warnings::add);
            try {
                release = Optional.of(jar(manifest.get(), failure.isPresent() ? null : bucket));
            } catch (IOException e) {
                offline |= HttpFailures.isOffline(e);
                // The first failure is the cause; that the jar isn't there either follows from it.
                failure = failure.or(() -> Optional.of(Explain.of(e)));
            }
        }
        return new FetchOutcome(release, failure, offline, warnings);
    }

    /** @param bucket null if it has failed already: then only a jar that is here will do */
    private KeptRelease jar(Manifest manifest, BucketReader bucket) throws IOException, InterruptedException {
        Release release = manifest.select(request.machine());
        if (release.minimumJava() > javaVersion) {
            throw new IOException("release " + release.version() + " needs Java " + release.minimumJava()
                    + ", and this machine has Java " + javaVersion);
        }
        JarFetch fetch = new JarFetch(release, request, bucket, retries.get(), log);
        if (!fetch.present()) {
            if (bucket == null) {
                throw new IOException("the jar of " + fetch.wanted() + " is not here");
            }
            fetch.run();
        }
        return fetch.wanted();
    }

    private Optional<String> expired(Manifest manifest) {
        return manifest.expires()
                .filter(clock.instant()::isAfter)
                .map(time -> request.bucket().url(Manifest.OBJECT) + " expired at " + time
                        + " (or this machine's clock is wrong: it says " + clock.instant() + ")");
    }
}
