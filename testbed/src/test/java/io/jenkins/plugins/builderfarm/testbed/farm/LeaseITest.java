package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of leases: bucket, stage0 and buildlet as processes, the coordinator on loopback. */
@Timeout(300)
final class LeaseITest {

    private static final MachineId BOARD = Farm.board("board1");

    @TempDir
    private Path directory;

    @Test
    void shouldDialInBuildAndComeBack() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            MachineView first = farm.awaitIdle(BOARD);
            assertThat(Farm.buildlet(first)).isEqualTo(Farm.FIRST_RELEASE);
            assertThat(first.facts().orElseThrow().stage0()).isPresent();
            assertThat(first.facts().orElseThrow().os()).isEqualTo(System.getProperty("os.name"));

            MachineView second = farm.build(BOARD);

            assertThat(second.record().builds()).isEqualTo(1);
            assertThat(second.record().failures()).isZero();
            assertThat(machine.starts()).isEqualTo(2);
            assertThat(machine.lines().count("supervisor: exit 0$")).isEqualTo(1);
            try (Stream<Path> left = Files.list(farm.home("board1").resolve("work"))) {
                assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(Farm.TYPE.value()));
            }
        }
    }

    @Test
    void shouldGetNoWorkWhereTheAgentCanNotBeHad() throws Exception {
        try (Farm farm = Farm.withoutAgent(directory)) {
            farm.machine(BOARD);
            MachineView view = farm.await(BOARD, machine -> machine.state() == MachineState.SET_ASIDE);
            assertThat(view.reasons()).singleElement().asString().contains("jnlpJars/agent.jar answered HTTP 404");
            assertThat(farm.controller().coordinator().reserve(Farm.TYPE)).isEmpty();
        }
    }

    @Test
    void shouldComeBackFromALeaseWhoseAgentCanNotRun() throws Exception {
        try (Farm farm = Farm.withBrokenAgent(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            Coordinator coordinator = farm.controller().coordinator();
            Lease lease = coordinator.reserve(Farm.TYPE).orElseThrow();
            coordinator.start(lease.id(), "s3cret");

            Awaitility.await()
                    .atMost(Farm.LIMIT)
                    .until(() -> farm.controller().events().lost(lease.id()).isPresent());

            assertThat(farm.controller().events().lost(lease.id()).orElseThrow())
                    .contains("the agent can't be started");
            assertThat(coordinator.isLive(lease.id())).isFalse();
            MachineView back = farm.await(
                    BOARD,
                    view -> view.state() == MachineState.IDLE && view.record().failures() == 1);
            assertThat(back.record().builds()).isZero();
            assertThat(machine.lines().count("s3cret")).isZero();
        }
    }

    @Test
    void shouldLeaseTwoMachinesAtOnce() throws Exception {
        MachineId other = Farm.board("board2");
        try (Farm farm = Farm.open(directory)) {
            farm.machine(BOARD);
            farm.machine(other);
            farm.awaitIdle(BOARD);
            farm.awaitIdle(other);
            Coordinator coordinator = farm.controller().coordinator();
            Lease first = coordinator.reserve(Farm.TYPE).orElseThrow();
            Lease second = coordinator.reserve(Farm.TYPE).orElseThrow();
            assertThat(first.id()).isNotEqualTo(second.id());
            assertThat(first.machine()).isNotEqualTo(second.machine());
            assertThat(coordinator.reserve(Farm.TYPE)).isEmpty();
        }
    }
}
