package io.jenkins.plugins.builderfarm.stage0.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.stage0.TestFarm;
import io.jenkins.plugins.builderfarm.stage0.TestLog;
import io.jenkins.plugins.builderfarm.stage0.TestMirror;
import io.jenkins.plugins.builderfarm.stage0.TestRelease;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fetch from a plain web server in the bucket's place. */
@Timeout(60)
final class MirrorTest {
    private static final MachineId MACHINE = new MachineId(new HostTypeName("host-foo-bar"), new Hostname("board1"));

    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();
    private final TestRelease release = TestRelease.of("1.4", TestRelease.WELL);
    private TestFarm farm;
    private TestMirror mirror;
    private StateDirectory state;

    @BeforeEach
    void begin() throws Exception {
        state = new StateDirectory(directory);
        state.create();
        farm = new TestFarm();
        farm.publish(release);
        mirror = new TestMirror();
        mirror.mirror(farm, release);
    }

    @AfterEach
    void end() throws Exception {
        mirror.close();
        farm.close();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void shouldFetchAllOnceAndThenAskOnceWhetherItChanged(boolean tags, boolean times) throws Exception {
        mirror.tell(tags, times);
        assertFetched();
        assertThat(statuses()).containsExactly(200, 200);
        mirror.answers().clear();

        assertFetched();

        assertThat(statuses()).containsExactly(304);
        assertThat(mirror.answers().get(0).header("If-None-Match")).matches(tag -> (tag != null) == tags);
        assertThat(mirror.answers().get(0).header("If-Modified-Since")).matches(time -> (time != null) == !tags);
    }

    @Test
    void shouldFetchAllFromAServerThatKnowsNoVersions() throws Exception {
        mirror.tell(false, false);
        assertFetched();
        assertFetched();
        assertThat(statuses()).containsExactly(200, 200, 200);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, true"})
    void shouldContinueABrokenDownload(boolean tags, boolean times) throws Exception {
        mirror.tell(tags, times);
        mirror.cutNext(90_000);

        assertFetched();

        assertThat(statuses()).containsExactly(200, 200, 206);
        assertThat(mirror.answers().get(2).header("Range")).isEqualTo("bytes=90000-");
        assertThat(mirror.answers().get(2).header("If-Range")).startsWith(tags ? "\"" : "Sun, 01 Nov 2026 ");
    }

    @Test
    void shouldBeginAnewWhereNoVersionsAreKnown() throws Exception {
        mirror.tell(false, false);
        mirror.cutNext(90_000);
        assertFetched();
        assertThat(statuses()).containsExactly(200, 200, 200);
    }

    @Test
    void shouldBeginAnewWhenTheFileWasReplaced() throws Exception {
        mirror.put(
                release.release().object(),
                TestRelease.of("1.4-other", "return 99").jar());
        mirror.cutNext(90_000);
        Retries.Sleeper replacing = pause -> mirror.put(release.release().object(), release.jar());

        assertThat(fetch(replacing).failure()).isEmpty();

        // The conditional range is answered by all of the new file, which is then fetched from its beginning.
        assertThat(statuses()).containsExactly(200, 200, 200, 200);
        assertThat(state.jars().path(release.release().sha256())).hasBinaryContent(release.jar());
    }

    @Test
    void shouldRefuseWhatIsNotSigned() throws Exception {
        mirror.put("buildlet.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(fetch().failure()).get().asString().startsWith(mirror.url() + "buildlet.json is refused: ");
    }

    @Test
    void shouldRefuseAnotherJar() throws Exception {
        byte[] other = release.jar().clone();
        other[other.length / 2] ^= 1;
        mirror.put(release.release().object(), other);
        FetchOutcome outcome = fetch();
        assertThat(outcome.failure()).get().asString().contains(".jar is refused: its SHA-256 is ");
        assertThat(outcome.release()).isEmpty();
    }

    @Test
    void shouldKnowASignInPage() throws Exception {
        mirror.useType("text/html; charset=utf-8");
        assertThat(fetch().failure()).get().asString().contains("buildlet.json: the answer is a web page");
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        try (TestMirror empty = new TestMirror()) {
            FetchOutcome outcome = fetch(BucketAddress.parse(empty.url().toString()), pause -> {});
            assertThat(outcome.failure()).contains(empty.url() + "buildlet.json: HTTP 404 (it is not there)");
            assertThat(outcome.offline()).isFalse();
        }
    }

    @Test
    void shouldKnowThatThereIsNoNetwork() throws Exception {
        FetchOutcome outcome = fetch(BucketAddress.parse("https://mirror.invalid/"), pause -> {});
        assertThat(outcome.failure()).contains("https://mirror.invalid/buildlet.json: no address for mirror.invalid");
        assertThat(outcome.offline()).isTrue();
        assertThat(log.lines()).isEmpty();
    }

    private void assertFetched() throws Exception {
        FetchOutcome outcome = fetch();
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.release()).get().hasToString("release 1.4");
        assertThat(state.jars().path(release.release().sha256())).hasBinaryContent(release.jar());
    }

    private List<Integer> statuses() {
        return mirror.answers().stream().map(TestMirror.Answer::status).toList();
    }

    private FetchOutcome fetch() throws Exception {
        return fetch(pause -> {});
    }

    private FetchOutcome fetch(Retries.Sleeper sleeper) throws Exception {
        return fetch(BucketAddress.parse(mirror.url().toString()), sleeper);
    }

    private FetchOutcome fetch(BucketAddress address, Retries.Sleeper sleeper) throws Exception {
        FetchRequest request = new FetchRequest(
                state, address, Optional.empty(), MACHINE, List.of(farm.key()), Duration.ofSeconds(30));
        Deadline deadline = new Deadline(request.limit(), System::nanoTime);
        return new Fetch(
                        request,
                        () -> Buckets.open(request, Duration.ofSeconds(10), deadline),
                        () -> new Retries(deadline, new Random(1), sleeper, log.log()),
                        InstantSource.system(),
                        17,
                        log.log())
                .run();
    }
}
