package io.jenkins.plugins.builderfarm.stage0.doctor;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import io.jenkins.plugins.builderfarm.stage0.TestFarm;
import io.jenkins.plugins.builderfarm.stage0.TestRelease;
import io.jenkins.plugins.builderfarm.stage0.fetch.BucketAddress;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchRequest;
import io.jenkins.plugins.builderfarm.stage0.fetch.ManifestProbe;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What depends on the bucket, against a bucket on a socket. */
@Timeout(60)
final class BucketChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    private Path directory;

    private final TestRelease release = TestRelease.of("1.4", TestRelease.WELL, 21);
    private TestFarm farm;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        farm.publish(release);
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }

    private Releases releases() {
        BucketAddress bucket = BucketAddress.parse("gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX);
        MachineId machine = new MachineId(new HostTypeName("host-foo-bar"), new Hostname("board1"));
        FetchRequest request = new FetchRequest(
                new StateDirectory(directory.resolve("state")),
                bucket,
                Optional.of(farm.server().endpoint()),
                machine,
                List.of(farm.key()),
                Duration.ofSeconds(30));
        return Releases.once(() -> ManifestProbe.look(request));
    }

    private Finding bucket() throws Exception {
        return new BucketCheck("gs://farm/releases", releases(), InstantSource.fixed(NOW)).run();
    }

    private void expiring(Duration left) throws Exception {
        farm.putManifest(farm.sign(farm.manifest(release.version(), Optional.of(NOW.plus(left)))));
    }

    @Test
    void shouldSayWhatThisMachineGetsAndKeepNothing() throws Exception {
        Finding finding = bucket();
        assertThat(finding.level()).as(finding.found()).isEqualTo(Level.OK);
        assertThat(finding.found()).contains("(serial 1) and gives this machine release 1.4 (");
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void shouldSayWhenItExpires() throws Exception {
        expiring(Duration.ofDays(20));
        assertThat(bucket()).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.found()).endsWith("valid until 2026-12-13T08:00:00Z");
        });
        expiring(Duration.ofDays(1));
        assertThat(bucket().level()).isEqualTo(Level.WARN);
        expiring(Duration.ofDays(-1));
        assertThat(bucket().found()).endsWith("but expired at 2026-11-22T08:00:00Z");
    }

    @Test
    void shouldNotBelieveAStranger() throws Exception {
        SigningKey stranger = SigningKey.generate(new SecureRandom());
        farm.putManifest(TestFarm.sign(farm.manifest(release.version(), Optional.empty()), stranger));
        Finding finding = bucket();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).contains("is refused: manifest: no valid signature by a trusted key");
    }

    @Test
    void shouldSayThatTheJarIsMissing() throws Exception {
        farm.server().faults().on(object(TestFarm.object(release))).times(9).inject(Fault.status(404));
        assertThat(bucket().found()).contains(release.release().object() + ": HTTP 404 (it is not there)");
    }

    @Test
    void shouldSayThatTheBucketIsDown() throws Exception {
        farm.down();
        Finding finding = bucket();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).startsWith("gs://farm/releases/buildlet.json: Connection refused");
    }

    @Test
    void shouldTakeADamagedStateForNone() throws Exception {
        Path state = Files.createDirectory(directory.resolve("state"));
        Files.writeString(state.resolve("manifest"), "rubbish");
        assertThat(bucket().level()).isEqualTo(Level.OK);
        assertThat(state.resolve("manifest")).hasContent("rubbish");
    }

    @Test
    void shouldHoldJavaAgainstTheRelease() throws Exception {
        assertThat(new JavaCheck(21, "21.0.1", "/jdk", releases()).run())
                .isEqualTo(Finding.ok("Java 21.0.1 in /jdk; release 1.4 needs Java 21"));
        Finding old = new JavaCheck(17, "17.0.15", "/jdk", releases()).run();
        assertThat(old.level()).isEqualTo(Level.FAIL);
        assertThat(old.found()).isEqualTo("Java 17.0.15 in /jdk, and release 1.4 needs Java 21");
        farm.down();
        assertThat(new JavaCheck(17, "17", "/jdk", releases()).run().level()).isEqualTo(Level.OK);
    }

    @Test
    void shouldAskOnce() throws Exception {
        Releases releases = releases();
        farm.server().forgetRequests();
        releases.get();
        int asked = farm.server().requests().size();
        releases.get();
        assertThat(farm.server().requests()).hasSize(asked);
    }
}
