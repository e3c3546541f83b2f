package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.HealthCheck;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Machines are asked whether they are there, and believed only while they answer. */
class HealthTest {
    private final Farm farm = new Farm();

    private static long checks(TestMachine machine) {
        return machine.received.stream().filter(HealthCheck.class::isInstance).count();
    }

    @Test
    void shouldAskEveryTenToFifteenSecondsAtRandom() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        List<Integer> pauses = new ArrayList<>();
        int last = 0;
        for (int second = 1; second <= 1_000; second++) {
            long before = checks(board);
            farm.pass(Duration.ofSeconds(1));
            if (checks(board) > before) {
                pauses.add(second - last);
                last = second;
            }
        }
        // Deadlines fire in the first whole second after they are due.
        assertThat(pauses).hasSizeGreaterThan(60).allMatch(pause -> pause >= 10 && pause <= 16);
        assertThat(new HashSet<>(pauses)).hasSizeGreaterThan(3);
    }

    @Test
    void shouldDropAMachineThatDoesNotAnswerForTwentySeconds() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        board.alive = false;
        while (checks(board) == 0) {
            farm.pass(Duration.ofSeconds(1));
        }
        farm.pass(Duration.ofSeconds(19));
        assertThat(board.isIn()).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertThat(board.closed).containsExactly("dropped");
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldNotLeaseAMachineThatIsSlowToAnswer() {
        TestMachine slow = farm.idle(Farm.MIPS, "slow");
        slow.alive = false;
        while (checks(slow) == 0) {
            farm.pass(Duration.ofSeconds(1));
        }
        farm.pass(Duration.ofSeconds(5));
        assertThat(farm.state(slow)).isEqualTo(MachineState.IDLE);
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isEmpty();

        farm.happenings.ready.clear();
        slow.alive = true;
        slow.answer();
        assertThat(farm.happenings.ready).containsExactly(Farm.MIPS);
        Lease lease = farm.coordinator.reserve(Farm.MIPS).orElseThrow();
        assertThat(lease.machine()).isEqualTo(slow.id());
    }

    @Test
    void shouldTakeOnlyTheRightAnswer() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        board.alive = false;
        while (checks(board) == 0) {
            farm.pass(Duration.ofSeconds(1));
        }
        long asked = board.last(HealthCheck.class).sequence();
        board.say(new Health(asked + 1, 0, 0, -1));
        board.say(new Health(asked - 1, 0, 0, -1));
        farm.pass(Duration.ofSeconds(20));
        assertThat(board.isIn()).isFalse();
    }

    @Test
    void shouldAskLeasedMachinesToo() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        Lease lease = farm.lease(Farm.MIPS);
        farm.coordinator.agentOnline(lease.id());
        farm.coordinator.used(lease.id());
        board.alive = false;
        farm.pass(Duration.ofSeconds(40));
        assertThat(board.isIn()).isFalse();
        assertThat(farm.coordinator.isLive(lease.id())).as("the agent is there").isTrue();
    }

    @Test
    void shouldNotTakeAJumpOfTheClockForSilence() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        board.alive = false;
        while (checks(board) == 0) {
            farm.pass(Duration.ofSeconds(1));
        }
        farm.clock.move(Duration.ofDays(1));
        farm.coordinator.tick();
        farm.clock.move(Duration.ofDays(-2));
        farm.coordinator.tick();
        assertThat(board.isIn()).isTrue();
        board.alive = true;
        board.answer();
        farm.pass(Duration.ofMinutes(5));
        assertThat(board.isIn()).isTrue();
    }

    @Test
    void shouldNotAskAllMachinesAtOnce() {
        List<TestMachine> boards = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            TestMachine board = farm.machine(Farm.MIPS, "board" + i);
            board.dial();
            boards.add(board);
        }
        Set<Integer> seconds = new HashSet<>();
        for (int second = 0; second < 20; second++) {
            long before = boards.stream().mapToLong(HealthTest::checks).sum();
            farm.pass(Duration.ofSeconds(1));
            if (boards.stream().mapToLong(HealthTest::checks).sum() > before) {
                seconds.add(second);
            }
        }
        assertThat(seconds).hasSizeGreaterThanOrEqualTo(5);
    }
}
