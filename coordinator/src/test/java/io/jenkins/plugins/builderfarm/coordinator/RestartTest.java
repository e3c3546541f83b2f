package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The controller restarts while machines are leased. */
class RestartTest {
    private final Farm farm = new Farm();
    private final TestMachine board = farm.idle(Farm.MIPS, "board3");
    private final LeaseId lease = farm.lease(Farm.MIPS).id();

    private void restart(boolean used) {
        farm.coordinator.close();
        assertThat(board.closed).hasSize(1);
        farm.create();
        farm.coordinator.expect(new ExpectedLease(lease, board.id(), used));
        farm.configure();
        board.heldLease = Optional.of(lease);
    }

    @Test
    void shouldAdoptALease() {
        restart(true);
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
        board.dial();
        farm.coordinator.agentOnline(lease);
        farm.pass(Duration.ofHours(1));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.coordinator.release(lease);
        assertThat(board.last(ControllerMessage.Release.class).lease()).isEqualTo(lease);
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldAdoptASpareThatNoBuildHasTaken() {
        restart(false);
        board.dial();
        assertThat(farm.state(board)).isEqualTo(MachineState.STARTING);
        farm.coordinator.agentOnline(lease);
        assertThat(farm.state(board)).isEqualTo(MachineState.SPARE);
        assertThat(farm.coordinator.cancel(lease)).isTrue();
    }

    @Test
    void shouldKeepALeaseWhoseAgentAloneIsBack() {
        restart(true);
        farm.coordinator.agentOnline(lease);
        farm.pass(Duration.ofHours(1));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
    }

    @Test
    void shouldLoseALeaseWhoseMachineStaysAway() {
        restart(true);
        farm.pass(Duration.ofSeconds(299));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertThat(farm.happenings.lost).containsOnlyKeys(lease);
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldGiveTheAgentAsMuchTimeAsTheMachine() {
        restart(true);
        board.dial();
        farm.pass(Duration.ofSeconds(299));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertThat(farm.coordinator.isLive(lease)).isFalse();
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
    }

    @Test
    void shouldLoseALeaseWhoseMachineComesBackWithoutIt() {
        restart(true);
        board.heldLease = Optional.empty();
        board.dial();
        assertThat(farm.happenings.lost.get(lease)).contains("came back without it");
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldReleaseAMachineThatHoldsALeaseNobodyExpects() {
        farm.create();
        farm.configure();
        board.heldLease = Optional.of(lease);
        board.dial();
        assertThat(board.received.get(1)).isInstanceOf(ControllerMessage.Welcome.class);
        assertThat(board.received.get(2)).isEqualTo(new ControllerMessage.Release(lease, false));
        board.say(new MachineMessage.Released(lease, Optional.empty()));
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
        board.drop();
        board.heldLease = Optional.empty();
        board.dial();
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldExpectALeaseOnceAndOneLeaseOfAMachine() {
        restart(true);
        farm.coordinator.expect(new ExpectedLease(lease, board.id(), false));
        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
        LeaseId second = new LeaseId("host-linux-mips64-0123456789ab");
        farm.coordinator.expect(new ExpectedLease(second, board.id(), false));
        assertThat(farm.happenings.lost).containsOnlyKeys(second);
        assertThat(farm.coordinator.isLive(second)).isFalse();
    }

    @Test
    void shouldLetABuildFinishWhoseHostTypeIsGone() {
        farm.create();
        farm.coordinator.expect(new ExpectedLease(lease, board.id(), true));
        farm.unconfigure(Farm.MIPS);
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        board.heldLease = Optional.of(lease);
        board.dial();
        assertThat(board.isIn()).isTrue();
        farm.coordinator.release(lease);
        board.say(new MachineMessage.Released(lease, Optional.empty()));
        board.drop();
        farm.unconfigure(Farm.MIPS);
        board.heldLease = Optional.empty();
        board.dial();
        assertThat(board.isIn()).isFalse();
    }

    @Test
    void shouldSayNothingOfLeasesWhenItIsClosed() {
        farm.coordinator.close();
        farm.coordinator.close();
        board.drop();
        farm.pass(Duration.ofMinutes(10));
        assertThat(farm.happenings.lost).isEmpty();
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isEmpty();
        assertThat(List.copyOf(board.closed)).containsExactly("the controller goes down");
    }
}
