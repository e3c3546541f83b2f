package io.jenkins.plugins.builderfarm.testbed.farm;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.object;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.objectPrefix;

import io.jenkins.plugins.builderfarm.bucket.BucketServer;
import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import io.jenkins.plugins.builderfarm.testbed.program.BucketProcess;
import io.jenkins.plugins.builderfarm.testbed.program.JarVersions;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bucket in this JVM, where its answers can be spoilt, with two releases of the real buildlet. Not thread-safe. */
final class SpoilableBucket implements AutoCloseable {
    static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    static final String FIRST = "1.0";
    static final String NEWER = "1.1";

    private static final String PREFIX = "releases/";
    private static final int OLDER_SERIAL = 1;
    private static final int FIRST_SERIAL = 2;
    private static final int NEWER_SERIAL = 3;
    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    private final BucketServer server;
    private final Release first;
    private final Release newer;
    private byte[] published;

    /** What is published is the first release. */
    SpoilableBucket(Path directory) throws IOException {
        server = BucketServer.builder().buckets(BucketProcess.NAME).start();
        first = upload(FIRST, directory);
        newer = upload(NEWER, directory);
        published = manifest(FIRST_SERIAL, FIRST, KEY);
        put(published);
    }

    private Release upload(String version, Path directory) throws IOException {
        Path jar = JarVersions.stamp(Programs.BUILDLET.jar(), version, directory.resolve(version + ".jar"));
        byte[] bytes = Files.readAllBytes(jar);
        Sha256 sha256 = Sha256.of(bytes);
        server.put(BucketProcess.NAME, PREFIX + Release.objectName(sha256), bytes);
        return new Release(new Version(version), Release.objectName(sha256), sha256, bytes.length, 17, CREATED);
    }

    private byte[] manifest(int serial, String stable, SigningKey key) {
        Manifest manifest = new Manifest(
                serial,
                CREATED,
                Optional.empty(),
                List.of(first, newer),
                Map.of(Manifest.STABLE, new Version(stable)),
                Map.of(),
                List.of());
        return SignedManifest.sign(manifest, List.of(key)).getBytes(StandardCharsets.UTF_8);
    }

    private void put(byte[] manifest) throws IOException {
        server.put(BucketProcess.NAME, PREFIX + Manifest.OBJECT, manifest);
    }

    URI endpoint() {
        return server.endpoint();
    }

    void publishNewer() throws IOException {
        published = manifest(NEWER_SERIAL, NEWER, KEY);
        put(published);
    }

    /** From now on every request for the manifest meets this. */
    void spoilManifest(Fault fault) {
        server.faults().on(object(PREFIX + Manifest.OBJECT)).inject(fault);
    }

    /** From now on every request for a jar meets this. */
    void spoilJars(Fault fault) {
        server.faults()
                .on(objectPrefix(PREFIX).and(object(PREFIX + Manifest.OBJECT).not()))
                .inject(fault);
    }

    /** A manifest that says the right things, signed by somebody else. */
    Fault strangersManifest() {
        return Fault.serveBytes(manifest(NEWER_SERIAL + 1, NEWER, SigningKey.generate(new SecureRandom())));
    }

    /** In the place of what is published stands what was so long ago, of a generation that no machine has seen. */
    void bringBackTheOlderManifest() throws IOException {
        put(manifest(OLDER_SERIAL, FIRST, KEY));
    }

    /** Everything is as it should be. */
    void mend() throws IOException {
        server.faults().clear();
        put(published);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
