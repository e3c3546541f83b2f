package io.jenkins.plugins.builderfarm.stage0.fetch;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.bucket.RecordedRequest;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import io.jenkins.plugins.builderfarm.stage0.TestFarm;
import io.jenkins.plugins.builderfarm.stage0.TestLog;
import io.jenkins.plugins.builderfarm.stage0.TestRelease;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fetch in this process, against the bucket on a socket; pauses are noted, not made. */
@Timeout(60)
final class FetchTest {
    private static final MachineId MACHINE = new MachineId(new HostTypeName("host-foo-bar"), new Hostname("board1"));
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();
    private final List<Duration> pauses = new ArrayList<>();
    private final TestRelease release = TestRelease.of("1.4", TestRelease.WELL);
    private TestFarm farm;
    private StateDirectory state;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        state = new StateDirectory(directory);
        state.create();
        farm.publish(release);
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }

    @Test
    void shouldBringTheAssignedRelease() throws Exception {
        FetchOutcome outcome = fetch();
        assertThat(outcome).isEqualTo(new FetchOutcome(Optional.of(kept(release)), Optional.empty(), false, List.of()));
        assertThat(state.jars().path(release.release().sha256())).hasBinaryContent(release.jar());
    }

    @Test
    void shouldDownloadNothingTwice() throws Exception {
        fetch();
        farm.server().forgetRequests();
        assertThat(fetch().release()).contains(kept(release));
        assertThat(statuses()).containsExactly(304);
    }

    @Test
    void shouldContinueABrokenDownload() throws Exception {
        farm.server().faults().on(object(TestFarm.object(release))).times(2).inject(Fault.closeAfter(90_000));

        assertThat(fetch().release()).contains(kept(release));

        assertThat(statuses()).containsExactly(200, 200, 206, 206);
        assertThat(ranges()).containsExactly("bytes=90000-", "bytes=180000-");
    }

    @Test
    void shouldBeginAgainWhenTheObjectWasReplaced() throws Exception {
        Files.write(state.jars().part(release.release().sha256(), "12345"), Arrays.copyOf(release.jar(), 100));

        assertThat(fetch().release()).contains(kept(release));

        assertThat(statuses()).containsExactly(200, 404, 200);
        assertThat(state.jars().parts(release.release().sha256())).isEmpty();
    }

    @Test
    void shouldBeginAgainWhenWhatWasThereIsRubbish() throws Exception {
        Files.write(state.jars().part(release.release().sha256(), Long.toString(generation())), new byte[100]);

        assertThat(fetch().release()).contains(kept(release));

        assertThat(ranges()).containsExactly("bytes=100-");
    }

    @Test
    void shouldTakeAFinishedPartForWhatItIs() throws Exception {
        Files.write(state.jars().part(release.release().sha256(), Long.toString(generation())), release.jar());
        farm.server().forgetRequests();
        assertThat(fetch().release()).contains(kept(release));
        assertThat(statuses()).containsExactly(200);
    }

    @Test
    void shouldBeginAgainWhenMoreIsThereThanThereShouldBe() throws Exception {
        byte[] longer = Arrays.copyOf(release.jar(), release.jar().length + 1);
        Files.write(state.jars().part(release.release().sha256(), Long.toString(generation())), longer);
        assertThat(fetch().release()).contains(kept(release));
    }

    @Test
    void shouldTryAPassingFaultAgainAfterAPause() throws Exception {
        farm.server().faults().on(object(TestFarm.MANIFEST)).times(2).inject(Fault.status(503));
        assertThat(fetch().release()).contains(kept(release));
        assertThat(pauses).hasSize(2);
        assertThat(log.lines()).anyMatch(line -> line.endsWith("HTTP 503; tries again"));
    }

    @Test
    void shouldWaitAsLongAsTheServerAsks() throws Exception {
        farm.server().faults().on(object(TestFarm.MANIFEST)).times(1).inject(Fault.status(429, 5));
        assertThat(fetch().release()).contains(kept(release));
        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6)));
    }

    @Test
    void shouldNotWaitAnHour() throws Exception {
        farm.server().faults().on(object(TestFarm.MANIFEST)).inject(Fault.status(503, 3600));
        assertThat(fetch().failure()).contains("gs://farm/releases/buildlet.json: HTTP 503");
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldNotInsistOnWhatIsRefused() throws Exception {
        farm.server().faults().on(object(TestFarm.MANIFEST)).inject(Fault.status(403));
        assertThat(fetch().failure()).get().asString().contains("HTTP 403");
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldSayWhichKeptReleaseIsTheMachinesWhenTheBucketFails() throws Exception {
        fetch();
        farm.server().faults().on(object(TestFarm.MANIFEST)).inject(Fault.status(404));
        FetchOutcome outcome = fetch();
        assertThat(outcome.release()).contains(kept(release));
        assertThat(outcome.failure()).isPresent();
    }

    @Test
    void shouldAskForEverythingAfterAChangeOfKeys() throws Exception {
        fetch();
        SigningKey next = SigningKey.generate(new SecureRandom());
        farm.putManifest(TestFarm.sign(farm.manifest(release.version(), Optional.empty()), next));
        FetchOutcome outcome = fetch(next.publicKey());
        assertThat(outcome.failure()).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.contains("the kept manifest") && line.contains("is not used"));
    }

    @Test
    void shouldRememberTheSerialUnderEveryKeyThatWasTrusted() throws Exception {
        SigningKey next = SigningKey.generate(new SecureRandom());
        String old = TestFarm.sign(farm.manifest(1, release.version(), Optional.empty()), next);
        farm.manifest(release.version(), Optional.empty());
        farm.publish(release);
        fetch(farm.key(), next.publicKey());
        Files.delete(state.envelope());

        farm.putManifest(old);

        assertThat(fetch(next.publicKey()).failure())
                .get()
                .asString()
                .contains("it has serial 1, and this machine has already seen 3");
    }

    @Test
    void shouldRememberTheSerialWhenItsRecordIsLost() throws Exception {
        farm.publish(release);
        fetch();
        state.fetched().delete();
        farm.putManifest(farm.sign(farm.manifest(1, release.version(), Optional.empty())));
        assertThat(fetch().failure()).get().asString().contains("it has serial 1, and this machine has already seen 2");
    }

    @Test
    void shouldTakeTheSameSerialAgain() throws Exception {
        fetch();
        farm.putManifest(farm.sign(farm.manifest(1, release.version(), Optional.empty())));
        assertThat(fetch().failure()).isEmpty();
    }

    @Test
    void shouldRefuseAManifestWithoutEnd() throws Exception {
        farm.putManifest("{\"payload\":\"" + "A".repeat(9 << 20) + "\"}");
        assertThat(fetch().failure()).get().asString().contains("is refused: manifest is longer than");
    }

    @Test
    void shouldNotBelieveAnotherBucketsGeneration() throws Exception {
        fetch();
        farm.server().createBucket("other");
        farm.server().put("other", TestFarm.MANIFEST, farm.manifestBytes());
        farm.server().forgetRequests();
        FetchRequest request = new FetchRequest(
                state,
                BucketAddress.parse("gs://other/releases"),
                Optional.of(farm.server().endpoint()),
                MACHINE,
                List.of(farm.key()),
                Duration.ofSeconds(30));
        assertThat(fetch(request).failure()).isEmpty();
        assertThat(farm.server().requests()).singleElement().satisfies(sent -> assertThat(sent.query())
                .doesNotContain("ifGenerationNotMatch"));
    }

    /** The generation that the jar has in the bucket. */
    private long generation() throws Exception {
        return farm.server().put(TestFarm.BUCKET, TestFarm.object(release), release.jar());
    }

    private FetchOutcome fetch(ReleaseKey... keys) throws InterruptedException {
        return fetch(new FetchRequest(
                state,
                BucketAddress.parse("gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX),
                Optional.of(farm.server().endpoint()),
                MACHINE,
                keys.length == 0 ? List.of(farm.key()) : List.of(keys),
                Duration.ofSeconds(30)));
    }

    private FetchOutcome fetch(FetchRequest request) throws InterruptedException {
        Deadline deadline = new Deadline(request.limit(), System::nanoTime);
        return new Fetch(
                        request,
                        () -> new GoogleBucket(
                                request.bucket(), request.endpoint(), Duration.ofSeconds(5), deadline, "test"),
                        () -> new Retries(deadline, new Random(1), pauses::add, log.log()),
                        InstantSource.fixed(NOW),
                        17,
                        log.log())
                .run();
    }

    private static KeptRelease kept(TestRelease release) {
        return new KeptRelease(
                release.version(), release.release().sha256(), release.release().size());
    }

    private List<Integer> statuses() {
        return farm.server().requests().stream().map(RecordedRequest::status).toList();
    }

    private List<String> ranges() {
        return farm.server().requests().stream()
                .map(request -> request.header("Range"))
                .filter(range -> range != null)
                .toList();
    }
}
