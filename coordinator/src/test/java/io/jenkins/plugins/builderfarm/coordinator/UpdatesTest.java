package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.Drain;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A newer release reaches waiting machines, a few at a time. */
class UpdatesTest {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Farm farm = new Farm();

    private static boolean isDrained(TestMachine machine) {
        return machine.find(Drain.class).isPresent();
    }

    private void leave(TestMachine machine) {
        machine.say(new MachineMessage.Goodbye("drained"));
        machine.drop();
    }

    private void comeBack(TestMachine machine, String buildlet) {
        machine.buildlet = new Version(buildlet);
        machine.dial();
        machine.ready();
    }

    @Test
    void shouldSendAnIdleMachineForANewerRelease() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.manifest = Manifests.of(1, "1.0");
        farm.pass(TICK);
        assertThat(isDrained(board)).isFalse();

        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(TICK);
        assertThat(board.last(Drain.class))
                .isEqualTo(new Drain(DrainReason.NEWER_BUILDLET, "buildlet 1.1 is the one to run"));
        assertThat(farm.state(board)).isEqualTo(MachineState.LEAVING);
        leave(board);
        comeBack(board, "1.1");
        farm.pass(Duration.ofHours(1));
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldSendAMachineBackToAnOlderReleaseToo() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.manifest = Manifests.of(3, "0.9");
        farm.pass(TICK);
        assertThat(isDrained(board)).isTrue();
    }

    @Test
    void shouldSendATenthOfAHostTypeAtATime() {
        List<TestMachine> boards = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boards.add(farm.idle(Farm.MIPS, "board" + i));
        }
        TestMachine other = farm.idle(Farm.RISCV, "unmatched");
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(Duration.ofSeconds(10));
        assertThat(boards.stream().filter(UpdatesTest::isDrained)).hasSize(3);
        assertThat(isDrained(other))
                .as("each host type by itself, at least one")
                .isTrue();

        TestMachine first =
                boards.stream().filter(UpdatesTest::isDrained).findFirst().orElseThrow();
        leave(first);
        farm.pass(TICK);
        assertThat(boards.stream().filter(UpdatesTest::isDrained))
                .as("it isn't back yet")
                .hasSize(3);
        comeBack(first, "1.1");
        farm.pass(TICK);
        assertThat(boards.stream().filter(UpdatesTest::isDrained))
                .as("and the next one went")
                .hasSize(3);
        assertThat(isDrained(first)).isFalse();
        int rounds = 0;
        while (boards.stream().anyMatch(board -> board.buildlet.equals(new Version("1.0")))) {
            for (TestMachine board : boards) {
                if (isDrained(board)) {
                    leave(board);
                    comeBack(board, "1.1");
                }
            }
            farm.pass(TICK);
            assertThat(rounds++).as("rounds").isLessThan(30);
        }
        assertThat(boards).allMatch(board -> farm.state(board) == MachineState.IDLE);
    }

    @Test
    void shouldNotWaitForEverForAMachineThatStaysAway() {
        TestMachine first = farm.idle(Farm.MIPS, "board1");
        TestMachine second = farm.idle(Farm.MIPS, "board2");
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(TICK);
        TestMachine away = isDrained(first) ? first : second;
        TestMachine next = isDrained(first) ? second : first;
        leave(away);
        farm.pass(Duration.ofSeconds(295));
        assertThat(isDrained(next)).isFalse();
        farm.pass(Duration.ofSeconds(10));
        assertThat(isDrained(next)).isTrue();
    }

    @Test
    void shouldLeaveAMachineAloneThatComesBackUnchanged() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(TICK);
        leave(board);
        comeBack(board, "1.0");
        farm.pass(Duration.ofSeconds(590));
        assertThat(isDrained(board)).isFalse();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
        farm.pass(Duration.ofSeconds(15));
        assertThat(isDrained(board)).isTrue();
    }

    @Test
    void shouldTryAgainAtOnceWhenThereIsAnotherRelease() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(TICK);
        leave(board);
        comeBack(board, "1.0");
        farm.manifest = Manifests.of(3, "1.2");
        farm.pass(TICK);
        assertThat(isDrained(board)).isTrue();
    }

    @Test
    void shouldTellOfASpareAndLeaveItAlone() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        LeaseId lease = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(lease);
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(TICK);
        assertThat(farm.happenings.outdated).containsExactly(lease);
        assertThat(isDrained(board)).isFalse();
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofMinutes(9));
        assertThat(farm.happenings.outdated).hasSize(1);
    }

    @Test
    void shouldNotDisturbABuild() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        LeaseId lease = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(lease);
        farm.coordinator.used(lease);
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(Duration.ofMinutes(30));
        assertThat(isDrained(board)).isFalse();
        assertThat(farm.happenings.outdated).isEmpty();
    }

    @Test
    void shouldNoticeAMachineThatDialsInLater() {
        farm.manifest = Manifests.of(2, "1.1");
        farm.pass(TICK);
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.pass(TICK);
        assertThat(isDrained(board)).isTrue();
    }
}
