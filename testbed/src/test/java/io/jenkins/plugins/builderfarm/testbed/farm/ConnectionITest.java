package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections come and go: what must not go with them. */
@Timeout(300)
final class ConnectionITest {

    private static final MachineId BOARD = Farm.board("board1");

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseASecondMachineOfTheSameName() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor first = farm.machine("first", BOARD, Farm.key(Farm.TYPE));
            farm.awaitIdle(BOARD);
            try (Supervisor second = farm.machine("second", BOARD, Farm.key(Farm.TYPE))) {
                assertThat(farm.awaitRefusal(BOARD.toString()).reason()).isEqualTo(Reason.DUPLICATE);
                assertThat(farm.await(BOARD, view -> view.duplicate().isPresent())
                                .state())
                        .isEqualTo(MachineState.IDLE);
                assertThat(second.starts()).isPositive();
            }
            assertThat(first.starts()).isEqualTo(1);
        }
    }

    @Test
    void shouldReplaceAMachineThatDied() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            machine.killRun();
            machine.lines().await("supervisor: exit 137$", Farm.LIMIT);
            farm.await(BOARD, view -> view.state() == MachineState.IDLE && machine.starts() == 2);
        }
    }

    @Test
    void shouldDialTheControllerThatTookTheOldOnesPlace() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            farm.restartController();
            farm.awaitIdle(BOARD);
            assertThat(machine.starts()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepItsLeaseThroughARestartOfTheController() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            LeaseId lease = farm.begin(BOARD, "secret");

            farm.restartController();
            farm.controller().coordinator().expect(new ExpectedLease(lease, BOARD, true));

            farm.await(BOARD, view -> view.connected() && view.state() == MachineState.BUSY);
            assertThat(machine.starts()).isEqualTo(1);
            farm.controller().coordinator().release(lease);
            farm.awaitIdle(BOARD);
            assertThat(machine.starts()).isEqualTo(2);
        }
    }

    @Test
    void shouldReleaseALeaseThatNobodyExpects() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            LeaseId lease = farm.lease(BOARD, "secret");
            machine.lines().await("Connected as " + lease, Farm.LIMIT);

            farm.restartController();

            farm.await(BOARD, view -> view.state() == MachineState.IDLE && machine.starts() == 2);
        }
    }
}
