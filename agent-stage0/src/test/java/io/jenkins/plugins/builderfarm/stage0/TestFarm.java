package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.bucket.BucketServer;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A farm's bucket on a socket, and the key that signs its manifests. */
public final class TestFarm implements AutoCloseable {
    public static final String BUCKET = "farm";
    public static final String PREFIX = "releases";
    public static final String MANIFEST = PREFIX + "/" + Manifest.OBJECT;

    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    /** Where nobody listens, and no server of another test ever will. */
    public static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final SigningKey key;
    private final List<Release> releases = new ArrayList<>();
    private final BucketServer server;
    private long serial;
    private long generation;

    public TestFarm() throws IOException {
        this(SigningKey.generate(new SecureRandom()));
    }

    public TestFarm(SigningKey key) throws IOException {
        this.key = key;
        server = BucketServer.builder().buckets(BUCKET).start();
    }

    public BucketServer server() {
        return server;
    }

    public ReleaseKey key() {
        return key.publicKey();
    }

    /** Uploads a release and points the stable channel at it. */
    public void publish(TestRelease release) throws IOException {
        upload(release);
        putManifest(sign(manifest(release.version(), Optional.empty()), key));
    }

    /** Uploads a release that no channel names yet. */
    public void upload(TestRelease release) throws IOException {
        server.put(BUCKET, object(release), release.jar());
        if (!releases.contains(release.release())) {
            releases.add(release.release());
        }
    }

    /** The next manifest, with the stable channel at this release. */
    public Manifest manifest(Version stable, Optional<Instant> expires) {
        serial++;
        return manifest(serial, stable, expires);
    }

    public Manifest manifest(long number, Version stable, Optional<Instant> expires) {
        return new Manifest(number, CREATED, expires, releases, Map.of(Manifest.STABLE, stable), Map.of(), List.of());
    }

    public String sign(Manifest manifest) {
        return sign(manifest, key);
    }

    public static String sign(Manifest manifest, SigningKey... keys) {
        return SignedManifest.sign(manifest, List.of(keys));
    }

    public void putManifest(String text) throws IOException {
        generation = server.put(BUCKET, MANIFEST, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The generation of the manifest that is there now. */
    public long manifestGeneration() {
        return generation;
    }

    public byte[] manifestBytes() throws IOException {
        return server.get(BUCKET, MANIFEST).orElseThrow();
    }

    /** The full name of a release's jar. */
    public static String object(TestRelease release) {
        return PREFIX + "/" + release.release().object();
    }

    /** Nobody listens any more, for good. */
    public void down() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
