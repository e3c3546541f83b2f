package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import io.jenkins.plugins.builderfarm.stage0.fetch.InProcessFetch;
import io.jenkins.plugins.builderfarm.stage0.run.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred machines, each with a state directory of its own, on one bucket: all that stage0 does at a start, but in one
 * process. Which machines a percentage takes depends on their names alone, and those never change here.
 */
@Timeout(180)
final class HundredMachinesTest {
    private static final int MACHINES = 100;
    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    private static final TestRelease FIRST = TestRelease.of("1.0", TestRelease.WELL);
    private static final TestRelease SECOND = TestRelease.of("1.1", TestRelease.WELL);
    private static final TestRelease CRASHES = TestRelease.of("1.2", "progress dialled-in\nthrow bad release");

    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();
    /** A start mostly waits for the disk to have its files. */
    private final ExecutorService threads = Executors.newFixedThreadPool(16);

    private volatile Instant now = CREATED;
    private TestFarm farm;
    private List<Machine> machines;
    private int serial;

    /** One of them; {@code ran} counts the lines of its diary that were read already. */
    private final class Machine {
        private final Options options;
        private final Path diary;
        private int ran;

        Machine(int number) throws Exception {
            String name = "board" + number;
            Path home = Files.createDirectory(directory.resolve(name));
            diary = home.resolve("work").resolve("runs");
            options = Options.parse(Options.flags(List.of(
                    "-coordinator=http://127.0.0.1:1/jenkins",
                    "-reverse-type=host-linux-test",
                    "-hostname=" + name,
                    "-workdir=" + home.resolve("work"),
                    "-state=" + home.resolve("state"),
                    "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                    "-endpoint=" + farm.server().endpoint(),
                    "-release-key=" + farm.key())));
            options.state().create();
        }

        /** One start, as a supervisor makes it; the version that ran. */
        String start() throws Exception {
            InstantSource clock = () -> now;
            new Start(options, request -> InProcessFetch.run(request, clock, log.log()), clock, log.log()).run();
            List<String> lines = Files.readAllLines(diary);
            assertThat(lines).hasSize(++ran);
            String last = lines.get(ran - 1);
            return last.substring(0, last.indexOf(' '));
        }
    }

    @BeforeEach
    void switchOn() throws Exception {
        farm = new TestFarm();
        for (TestRelease release : List.of(FIRST, SECOND, CRASHES)) {
            farm.upload(release);
        }
        machines = new ArrayList<>();
        for (int number = 0; number < MACHINES; number++) {
            machines.add(new Machine(number));
        }
        assign(FIRST);
        assertThat(startAll()).containsOnly("1.0");
    }

    @AfterEach
    void switchOff() throws Exception {
        threads.shutdownNow();
        farm.close();
    }

    @Test
    void shouldMoveTenPercentThenAll() throws Exception {
        assign(FIRST, new Rollout(Manifest.STABLE, SECOND.version(), 10));
        List<String> tenth = startAll();
        assertThat(tenth).containsOnly("1.0", "1.1");
        assertThat(count(tenth, "1.1")).isBetween(5, 15);
        assertThat(startAll()).as("who is in stays in").isEqualTo(tenth);

        assign(FIRST, new Rollout(Manifest.STABLE, SECOND.version(), 50));
        List<String> half = startAll();
        assertThat(count(half, "1.1")).isBetween(30, 70);
        assertThat(IntStream.range(0, MACHINES).filter(i -> tenth.get(i).equals("1.1")))
                .allMatch(i -> half.get(i).equals("1.1"));

        assign(FIRST, new Rollout(Manifest.STABLE, SECOND.version(), 100));
        assertThat(startAll()).containsOnly("1.1");
    }

    /** Nobody rolls back: every machine tries three times, and goes on with what it had. */
    @Test
    void shouldMoveEveryoneBackFromABadRelease() throws Exception {
        assign(CRASHES);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(startAll()).containsOnly("1.2");
        }
        assertThat(startAll()).containsOnly("1.0");
        assertThat(log.lines().stream().filter(line -> line.contains("left after 3 failed starts")))
                .hasSize(MACHINES);

        now = now.plus(Duration.ofHours(2));
        assertThat(startAll())
                .as("it gets one more try, in case the fault was another's")
                .containsOnly("1.2");
        assertThat(startAll()).containsOnly("1.0");

        assign(SECOND);
        assertThat(startAll()).as("the next good one reaches everyone").containsOnly("1.1");
    }

    /** Channel stable at one release, and what of the roll-outs there is. */
    private void assign(TestRelease stable, Rollout... rollouts) throws Exception {
        farm.putManifest(farm.sign(new Manifest(
                ++serial,
                CREATED,
                Optional.empty(),
                List.of(FIRST.release(), SECOND.release(), CRASHES.release()),
                Map.of(Manifest.STABLE, stable.version()),
                Map.of(),
                List.of(rollouts))));
    }

    private List<String> startAll() throws Exception {
        List<String> versions = new ArrayList<>();
        List<Callable<String>> starts = machines.stream()
                .<Callable<String>>map(machine -> machine::start)
                .toList();
        for (Future<String> version : threads.invokeAll(starts)) {
            versions.add(version.get());
        }
        return versions;
    }

    private static int count(List<String> versions, String wanted) {
        return Collections.frequency(versions, wanted);
    }
}
