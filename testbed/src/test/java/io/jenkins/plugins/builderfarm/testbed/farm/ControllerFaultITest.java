package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever is wrong with the controller, before, during and after a lease: the machine says so once, waits, keeps the
 * lease that it has, and builds again once the fault is gone. Nobody touches it.
 */
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT)
final class ControllerFaultITest {
    private static final MachineId BOARD = Farm.board("board1");
    /** By fault and time. */
    private static final Map<String, String> TABLE = new ConcurrentSkipListMap<>();

    @TempDir
    private static Path shared;

    private static Certificate right;
    private static Certificate wrong;

    @TempDir
    private Path directory;

    /** A fault that can be made and mended. */
    private interface Fault {
        void make() throws Exception;

        void mend() throws Exception;

        /** Likewise in the middle of a lease. */
        default void mend(LeaseId held) throws Exception {
            mend();
        }
    }

    @BeforeAll
    static void makeCertificates() throws Exception {
        right = Certificate.make(shared.resolve("right.p12"));
        wrong = Certificate.make(shared.resolve("wrong.p12"));
    }

    @AfterAll
    static void printTable() {
        System.out.println("What was wrong | when | the machine said | then");
        TABLE.values().forEach(System.out::println);
    }

    @Test
    void shouldOutliveAControllerThatIsDown() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Fault down = new Fault() {
                @Override
                public void make() {
                    farm.stopController();
                }

                @Override
                public void mend() throws Exception {
                    farm.startController();
                }

                @Override
                public void mend(LeaseId held) throws Exception {
                    farm.startController();
                    farm.controller().coordinator().expect(new ExpectedLease(held, BOARD, true));
                }
            };
            live(farm, farm.controller().url(), List.of(), down, "controller down", "Connection refused");
        }
    }

    @Test
    void shouldOutliveABadGateway() throws Exception {
        behindTls(TlsFront.Mood.BAD_GATEWAY, "502 from a proxy", "502");
    }

    @Test
    void shouldOutliveAWrongCertificate() throws Exception {
        behindTls(
                TlsFront.Mood.WRONG_CERTIFICATE,
                "certificate of nobody it knows",
                "unable to find valid certification");
    }

    private void behindTls(TlsFront.Mood mood, String name, String said) throws Exception {
        try (Farm farm = Farm.open(directory);
                TlsFront front = TlsFront.start(farm.controller().port(), right, wrong)) {
            farm.moveTo(front.url());
            Fault fault = new Fault() {
                @Override
                public void make() {
                    front.become(mood);
                }

                @Override
                public void mend() {
                    front.become(TlsFront.Mood.WELL);
                }
            };
            live(farm, front.url(), right.trust(), fault, name, said);
        }
    }

    /** One machine's life: the fault at its boot, in the middle of its first lease, and after that. */
    private void live(Farm farm, ControllerUrl url, List<String> jvmFlags, Fault fault, String name, String said)
            throws Exception {
        fault.make();
        Supervisor machine = farm.machine(BOARD, url, List.of(), jvmFlags);
        String line = awaitSaid(machine, url, said, 1);
        fault.mend();
        farm.awaitIdle(BOARD);
        assertThat(machine.starts()).isEqualTo(1);
        row(name, "1 before a lease", line, "dials in, takes a lease");

        Path built = directory.resolve("built");
        LeaseId lease = farm.begin(
                BOARD,
                "build: while [ ! -e " + directory.resolve("go") + " ]; do sleep 0.1; done;" + " touch " + built
                        + "; sleep 1000");
        fault.make();
        line = awaitSaid(machine, url, said, 2);
        fault.mend(lease);
        farm.await(BOARD, view -> view.connected() && view.state() == MachineState.BUSY);
        assertThat(machine.starts()).isEqualTo(1);
        Files.createFile(directory.resolve("go"));
        farm.awaitFile(built);
        assertThat(farm.controller().events().lost(lease)).isEmpty();
        row(name, "2 during a lease", line, "keeps the lease, its build goes on to its end");

        farm.controller().coordinator().release(lease);
        machine.lines().await("supervisor: exit 0$", Farm.LIMIT);
        fault.make();
        line = awaitSaid(machine, url, said, 3);
        fault.mend();
        farm.awaitIdle(BOARD);
        assertThat(farm.build(BOARD).record().failures()).isZero();
        assertThat(machine.lines().count("supervisor: exit [^0]")).isZero();
        row(name, "3 after a lease", line, "dials in, builds again");
        assertThat(machine.lines().count(pattern(url, said)))
                .as("said once each time: " + machine.lines().all())
                .isEqualTo(3);
    }

    private static String awaitSaid(Supervisor machine, ControllerUrl url, String said, int times) {
        String pattern = pattern(url, said);
        Farm.patiently().untilAsserted(() -> assertThat(machine.lines().count(pattern))
                .as(pattern + " in " + machine.lines().all())
                .isEqualTo(times));
        return machine.lines().all().stream()
                .filter(line -> line.matches(".*" + pattern + ".*"))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static String pattern(ControllerUrl url, String said) {
        return "no connection to " + url + ": .*" + said + ".*next attempt in";
    }

    private static void row(String fault, String when, String line, String then) {
        String reason = line.replaceFirst(".*no connection to [^ ]+: ", "").replaceFirst("; next attempt.*", "");
        TABLE.put(fault + when, fault + " | " + when.substring(2) + " | " + reason + " | " + then);
    }
}
