package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.stage0.fetch.InProcessFetch;
import io.jenkins.plugins.builderfarm.stage0.run.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A board without a battery comes up in 1970, and some in the far future: it gets its releases all the same. */
@Timeout(120)
final class WrongClockTest {
    private static final Instant RIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant EXPIRES = Instant.parse("2027-02-01T00:00:00Z");

    private static final TestRelease GOOD = TestRelease.of("1.0", TestRelease.WELL);
    private static final TestRelease NEWER = TestRelease.of("1.1", TestRelease.WELL);
    private static final TestRelease BAD = TestRelease.of("1.2", "progress dialled-in\nthrow bad release");

    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();
    private TestFarm farm;
    private Options options;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        options = Options.parse(Options.flags(List.of(
                "-coordinator=http://127.0.0.1:1/jenkins",
                "-reverse-type=host-linux-test",
                "-hostname=board1",
                "-workdir=" + directory.resolve("work"),
                "-state=" + directory.resolve("state"),
                "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                "-endpoint=" + farm.server().endpoint(),
                "-release-key=" + farm.key())));
        options.state().create();
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }

    private void publish(TestRelease release) throws Exception {
        farm.upload(release);
        farm.putManifest(farm.sign(farm.manifest(release.version(), Optional.of(EXPIRES))));
    }

    private Start.Result startAt(Instant now) throws Exception {
        InstantSource clock = InstantSource.fixed(now);
        return new Start(options, request -> InProcessFetch.run(request, clock, log.log()), clock, log.log()).run();
    }

    private List<String> versions() throws Exception {
        return Files.readAllLines(directory.resolve("work/runs")).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01T00:00:07Z, false", "2001-09-09T01:46:40Z, false", "2106-02-07T06:28:15Z, true"})
    void shouldFetchAndRunWhateverTheYear(Instant wrong, boolean warns) throws Exception {
        publish(GOOD);
        assertThat(startAt(wrong).code()).isZero();
        publish(NEWER);
        assertThat(startAt(wrong).code()).isZero();
        assertThat(startAt(RIGHT).code()).isZero();

        assertThat(versions()).containsExactly("1.0", "1.1", "1.1");
        String said = "(or this machine's clock is wrong: it says " + wrong + ")";
        assertThat(log.lines().stream().filter(line -> line.contains(said))).hasSize(warns ? 2 : 0);
    }

    /** What the wrong clock put off until the next century is not put off any more once the clock is right. */
    @Test
    void shouldNotWaitForTheFutureToComeBack() throws Exception {
        Instant future = Instant.parse("2106-02-07T06:28:15Z");
        publish(GOOD);
        startAt(future);
        publish(BAD);
        for (int i = 0; i < 4; i++) {
            startAt(future);
        }
        assertThat(versions()).containsExactly("1.0", "1.2", "1.2", "1.2", "1.0");

        startAt(RIGHT);

        assertThat(versions()).endsWith("1.0", "1.2");
    }

    /** From 1970 to today is longer than any release is left for: it gets its one more try. */
    @Test
    void shouldTryAgainWhenTheClockComesUpFromThePast() throws Exception {
        Instant past = Instant.EPOCH;
        publish(GOOD);
        startAt(past);
        publish(BAD);
        for (int i = 0; i < 4; i++) {
            startAt(past);
        }

        startAt(RIGHT);
        startAt(RIGHT);

        assertThat(versions()).containsExactly("1.0", "1.2", "1.2", "1.2", "1.0", "1.2", "1.0");
    }
}
