package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is wrong with the bucket, before, during and after a lease: the machine says so once for each start, runs
 * nothing but what was verified, and takes the newer release once the fault is gone. Nobody touches it. What all the ways
 * of spoiling an answer come to in stage0 alone is in its own {@code FaultITest}.
 */
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT)
final class BucketFaultITest {
    private static final MachineId BOARD = Farm.board("board1");
    /** Of a server that says nothing, stage0 bears a quarter of it. */
    private static final Duration FETCH_FROM_THE_SILENT = Duration.ofSeconds(12);

    private static final String FAILED = "no newer release could be fetched: ";
    /** By fault and time. */
    private static final Map<String, String> TABLE = new ConcurrentSkipListMap<>();

    @TempDir
    private Path directory;

    /** Makes something wrong. */
    private interface Spoiler {
        void spoil(SpoilableBucket bucket) throws IOException;
    }

    /** What goes wrong. */
    enum Wrong {
        FORBIDDEN("answers 403", "HTTP 403", bucket -> bucket.spoilManifest(Fault.status(403))),
        NOT_FOUND("answers 404", "HTTP 404", bucket -> bucket.spoilManifest(Fault.status(404))),
        TOO_MANY("answers 429", "HTTP 429", bucket -> bucket.spoilManifest(Fault.status(429, 3600))),
        BROKEN("answers 500", "HTTP 500", bucket -> bucket.spoilManifest(Fault.status(500))),
        AWAY("answers 503", "HTTP 503", bucket -> bucket.spoilManifest(Fault.status(503, 1))),
        SILENT("hangs", "no answer in time", bucket -> bucket.spoilManifest(Fault.hang())),
        CUT_OFF("closes in mid-body", "buildlet.json: ", bucket -> bucket.spoilManifest(Fault.closeAfter(50))),
        TOO_SHORT("sends a wrong length", "it ended after", bucket -> bucket.spoilJars(Fault.promiseLess(1000))),
        ALTERED("sends a wrong digest", "is refused: its SHA-256 is", bucket -> bucket.spoilJars(Fault.flipBit())),
        STRANGE(
                "sends a wrong signature",
                "no valid signature",
                bucket -> bucket.spoilManifest(bucket.strangersManifest())),
        OLD("sends an older serial", "it has serial 1", SpoilableBucket::bringBackTheOlderManifest),
        WEB_PAGE("sends a web page", "not Cloud Storage's", bucket -> bucket.spoilManifest(Fault.htmlPage()));

        private final String name;
        private final String said;
        private final Spoiler make;

        Wrong(String name, String said, Spoiler make) {
            this.name = name;
            this.said = said;
            this.make = make;
        }

        /** Only a machine that has seen a newer manifest can tell that one is old. */
        boolean needsHistory() {
            return this == OLD;
        }

        Duration fetch() {
            return this == SILENT ? FETCH_FROM_THE_SILENT : Farm.FETCH;
        }
    }

    @AfterAll
    static void printTable() {
        System.out.println("What the bucket does | when | the machine said | then");
        TABLE.values().forEach(System.out::println);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBuildAgainOnceTheFaultIsGone(Wrong wrong) throws Exception {
        try (SpoilableBucket bucket = new SpoilableBucket(directory);
                Farm farm = Farm.with(bucket, directory)) {
            Supervisor machine = before(wrong, bucket, farm);

            Path built = directory.resolve("built");
            LeaseId lease = farm.begin(
                    BOARD,
                    "build: while [ ! -e " + directory.resolve("go") + " ]; do sleep 0.1; done; touch " + built
                            + "; sleep 1000");
            int starts = machine.starts();
            long failures = machine.lines().count(FAILED);
            bucket.publishNewer();
            wrong.make.spoil(bucket);
            Files.createFile(directory.resolve("go"));
            farm.awaitFile(built);
            assertThat(farm.controller().events().lost(lease)).isEmpty();
            assertThat(machine.starts()).isEqualTo(starts);
            row(wrong, "2 during a lease", "nothing", "its build goes on to its end");

            farm.controller().coordinator().release(lease);
            MachineView back = farm.awaitIdle(BOARD, SpoilableBucket.FIRST);
            assertThat(back.notes()).anyMatch(note -> note.matches(FAILED + ".*" + wrong.said + ".*"));
            assertThat(machine.lines().count(FAILED)).as(said(machine)).isEqualTo(failures + 1);
            row(wrong, "3 after a lease", reason(machine, wrong), "dials in with the last good one, builds");

            bucket.mend();
            farm.build(BOARD);
            assertThat(Farm.buildlet(farm.awaitIdle(BOARD))).isEqualTo(SpoilableBucket.NEWER);
            farm.begin(BOARD, "secret");
            assertThat(machine.lines().all().stream().filter(line -> line.contains("starts release")))
                    .as("what ran")
                    .allMatch(line -> line.matches(".*starts release 1\\.[01]( .*|$)"));
        }
    }

    private Supervisor before(Wrong wrong, SpoilableBucket bucket, Farm farm) throws Exception {
        Supervisor machine;
        if (wrong.needsHistory()) {
            machine = farm.machine(BOARD, wrong.fetch());
            farm.awaitIdle(BOARD);
            wrong.make.spoil(bucket);
            machine.killRun();
            machine.lines().await(FAILED + ".*" + wrong.said, Farm.LIMIT);
            row(wrong, "1 before a lease", reason(machine, wrong), "dials in with what it has");
        } else {
            wrong.make.spoil(bucket);
            machine = farm.machine(BOARD, wrong.fetch());
            machine.lines().await(FAILED + ".*" + wrong.said, Farm.LIMIT);
            machine.lines().await("nothing can be started: no release is kept here", Farm.LIMIT);
            row(wrong, "1 before a lease", reason(machine, wrong), "starts nothing; dials in once the fault is gone");
        }
        bucket.mend();
        farm.awaitIdle(BOARD, SpoilableBucket.FIRST);
        return machine;
    }

    private static String reason(Supervisor machine, Wrong wrong) {
        return machine.lines().all().stream()
                .filter(line -> line.matches(".*" + FAILED + ".*" + wrong.said + ".*"))
                .reduce((first, last) -> last)
                .map(line -> line.replaceFirst(".*" + FAILED, ""))
                .orElseThrow(() -> new AssertionError(said(machine)));
    }

    private static String said(Supervisor machine) {
        return "what the machine said: " + String.join("\n", machine.lines().all());
    }

    private static void row(Wrong wrong, String when, String line, String then) {
        TABLE.put(
                wrong.ordinal() + 10 + when,
                wrong.name + " | " + when.substring(2) + " | " + line.replaceAll("[0-9a-f]{64}", "DIGEST") + " | "
                        + then);
    }
}
