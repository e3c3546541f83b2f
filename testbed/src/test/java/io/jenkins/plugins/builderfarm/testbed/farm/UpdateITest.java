package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases reach machines that nobody touches, and bad ones leave again. */
@Timeout(300)
final class UpdateITest {

    private static final MachineId BOARD = Farm.board("board1");

    @TempDir
    private Path directory;

    @Test
    void shouldTakeANewerReleaseWhileIdle() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD, Farm.FIRST_RELEASE);
            farm.publish("1.1");
            farm.awaitIdle(BOARD, "1.1");
            assertThat(machine.lines().count("supervisor: exit 0$")).isEqualTo(1);
            assertThat(machine.starts()).isEqualTo(2);
        }
    }

    @Test
    void shouldFallBackFromAReleaseThatCanNotStart() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            farm.build(BOARD);
            farm.publishBroken("1.1");
            machine.lines().await("left after 3 failed starts", Farm.LIMIT);
            MachineView back = farm.await(
                    BOARD,
                    view -> view.state() == MachineState.IDLE
                            && !view.notes().isEmpty()
                            && Farm.buildlet(view).equals(Farm.FIRST_RELEASE));
            assertThat(back.notes()).anyMatch(note -> note.contains("1.1") && note.contains("left after 3"));
            assertThat(farm.build(BOARD).record().builds()).isEqualTo(2);
        }
    }
}
