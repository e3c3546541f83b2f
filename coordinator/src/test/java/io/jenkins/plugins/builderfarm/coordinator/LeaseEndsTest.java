package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every way a lease can end, and what becomes of its machine. */
class LeaseEndsTest {
    private final Farm farm = new Farm();
    private final TestMachine board = farm.idle(Farm.MIPS, "board3");
    private final LeaseId lease =
            farm.coordinator.reserve(Farm.MIPS).orElseThrow().id();

    private void start() {
        farm.coordinator.start(lease, "secret");
    }

    private void online() {
        start();
        board.say(new MachineMessage.LeaseAccepted(lease));
        farm.coordinator.agentOnline(lease);
    }

    private void assertLost(String reason) {
        assertThat(farm.happenings.lost).containsOnlyKeys(lease);
        assertThat(farm.happenings.lost.get(lease)).contains(reason);
        assertThat(farm.happenings.lostTwice).isEmpty();
        assertThat(farm.coordinator.isLive(lease)).isFalse();
        assertThat(farm.coordinator.machine(lease)).isEmpty();
        assertThat(farm.coordinator.start(lease, "secret")).isFalse();
        assertThat(farm.coordinator.used(lease)).isFalse();
        assertThat(farm.coordinator.cancel(lease)).isFalse();
        farm.coordinator.agentOnline(lease);
        farm.coordinator.agentOffline(lease);
        farm.coordinator.release(lease);
    }

    private long failures() {
        return farm.find(board.id()).orElseThrow().record().failures();
    }

    @Test
    void shouldGiveAMachineBackThatWasNotToldOfItsLease() {
        assertThat(farm.coordinator.cancel(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
        assertThat(board.find(ControllerMessage.Release.class)).isEmpty();
        assertThat(farm.happenings.lost).isEmpty();
        LeaseId next = farm.coordinator.reserve(Farm.MIPS).orElseThrow().id();
        assertThat(next).isNotEqualTo(lease);
    }

    @Test
    void shouldReleaseASpareThatIsCancelled() {
        online();
        assertThat(farm.coordinator.cancel(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
        assertThat(board.last(ControllerMessage.Release.class).lease()).isEqualTo(lease);
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldNotCancelWhatABuildHasTaken() {
        online();
        farm.coordinator.used(lease);
        assertThat(farm.coordinator.cancel(lease)).isFalse();
        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
    }

    @Test
    void shouldRebootOnlyAfterABuild() {
        farm.configure(farm.settings(Farm.MIPS).withRebootAfterBuild(true));
        online();
        farm.coordinator.cancel(lease);
        assertThat(board.last(ControllerMessage.Release.class).reboot()).isFalse();

        TestMachine other = farm.idle(Farm.MIPS, "board4");
        LeaseId second = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(second);
        farm.coordinator.used(second);
        farm.coordinator.release(second);
        assertThat(other.last(ControllerMessage.Release.class).reboot()).isTrue();
    }

    @Test
    void shouldLoseALeaseThatIsNeverStarted() {
        farm.pass(Duration.ofSeconds(29));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertLost("it was not started within 30 seconds");
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldNotStartALeaseTwice() {
        start();
        assertThatThrownBy(() -> farm.coordinator.start(lease, "secret"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lease.value());
    }

    @Test
    void shouldLoseALeaseThatIsNotAccepted() {
        start();
        farm.pass(Duration.ofSeconds(29));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertLost("did not accept it within 30 seconds");
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
        assertThat(failures()).isEqualTo(1);
    }

    @Test
    void shouldLoseALeaseWhoseAgentDoesNotComeOnline() {
        start();
        farm.pass(Duration.ofSeconds(20));
        board.say(new MachineMessage.LeaseAccepted(lease));
        farm.pass(Duration.ofSeconds(60));
        board.say(new MachineMessage.LeaseAccepted(lease));
        farm.pass(Duration.ofSeconds(59));
        assertThat(farm.coordinator.isLive(lease))
                .as("saying it twice wins no time")
                .isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertLost("its agent did not come online within 120 seconds");
    }

    @Test
    void shouldLoseALeaseThatTheMachineRefuses() {
        start();
        board.say(new MachineMessage.LeaseFailed(lease, "no disk"));
        assertLost("the machine said: no disk");
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
        board.say(new MachineMessage.Released(lease, Optional.empty()));
        board.drop();
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldLoseALeaseThatTheMachineEnds() {
        online();
        board.say(new MachineMessage.Released(lease, Optional.of("a file stays")));
        assertLost("the machine ended it");
        assertThat(board.find(ControllerMessage.Release.class)).isEmpty();
        assertThat(farm.state(board)).isEqualTo(MachineState.LEAVING);
    }

    @Test
    void shouldLoseALeaseWhoseMachineLeaves() {
        online();
        board.say(new MachineMessage.Goodbye("the service was stopped"));
        assertLost("the machine left: the service was stopped");
        assertThat(failures()).isZero();
    }

    @Test
    void shouldLoseALeaseWhoseMachineIsGoneBeforeItWasTold() {
        board.drop();
        assertLost("disconnected before it was told");
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldLoseALeaseWhoseMachineSetsItselfAsideBeforeItWasTold() {
        board.say(new MachineMessage.SetAside(List.of("disk full")));
        assertLost("set itself aside: [disk full]");
        assertThat(farm.state(board)).isEqualTo(MachineState.SET_ASIDE);
    }

    @Test
    void shouldWaitAMinuteForAVanishedMachine() {
        start();
        board.drop();
        assertThat(farm.state(board)).isEqualTo(MachineState.STARTING);
        farm.pass(Duration.ofSeconds(59));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertLost("neither machine nor agent came back within 60 seconds");
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
        assertThat(failures()).isEqualTo(1);
    }

    @Test
    void shouldKeepALeaseAsLongAsTheAgentIsThere() {
        online();
        farm.coordinator.used(lease);
        board.drop();
        farm.pass(Duration.ofHours(3));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
        assertThat(farm.find(board.id()).orElseThrow().connected()).isFalse();

        farm.coordinator.agentOffline(lease);
        farm.pass(Duration.ofSeconds(60));
        assertLost("neither machine nor agent came back");
    }

    @Test
    void shouldGoOnWithTheLeaseWhenTheMachineComesBackWithIt() {
        online();
        farm.coordinator.used(lease);
        farm.coordinator.agentOffline(lease);
        board.drop();
        farm.pass(Duration.ofSeconds(50));
        board.heldLease = Optional.of(lease);
        board.dial();
        farm.pass(Duration.ofSeconds(119));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
        farm.coordinator.agentOnline(lease);
        farm.pass(Duration.ofMinutes(10));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldLoseTheLeaseWhenTheMachineComesBackWithoutIt() {
        online();
        board.drop();
        board.dial();
        assertLost("came back without it");
        assertThat(farm.state(board)).isEqualTo(MachineState.CONNECTING);
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldReleaseAMachineThatComesBackWithAnEndedLease() {
        online();
        board.drop();
        farm.coordinator.release(lease);
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
        board.heldLease = Optional.of(lease);
        board.dial();
        assertThat(board.received.get(1)).isInstanceOf(ControllerMessage.Welcome.class);
        assertThat(board.received.get(2)).isEqualTo(new ControllerMessage.Release(lease, false));
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
        board.ready();
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isEmpty();
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldNotGiveAMachineAnotherOnesLease() {
        online();
        TestMachine thief = farm.machine(Farm.MIPS, "thief");
        thief.heldLease = Optional.of(lease);
        thief.dial();
        assertThat(thief.last(ControllerMessage.Release.class).lease()).isEqualTo(lease);
        assertThat(farm.state(thief)).isEqualTo(MachineState.RELEASING);
        thief.say(new MachineMessage.Released(lease, Optional.empty()));
        assertThat(farm.coordinator.machine(lease).orElseThrow().id()).isEqualTo(board.id());
        assertThat(farm.state(board)).isEqualTo(MachineState.SPARE);
    }

    @Test
    void shouldLoseALeaseWhoseAgentStaysAway() {
        online();
        farm.coordinator.agentOffline(lease);
        assertThat(farm.state(board)).isEqualTo(MachineState.STARTING);
        farm.pass(Duration.ofSeconds(119));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertLost("its agent did not come back within 120 seconds");
    }

    @Test
    void shouldGiveUpAMachineThatDoesNotCleanUp() {
        online();
        farm.coordinator.release(lease);
        farm.pass(Duration.ofSeconds(299));
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);
        farm.pass(Duration.ofSeconds(1));
        assertThat(board.closed).containsExactly("dropped");
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldIgnoreLateWordsOfAReplacedConnection() {
        online();
        TestMachine again = farm.machine(Farm.MIPS, "board3");
        again.heldLease = Optional.of(lease);
        again.dial();
        assertThat(board.closed).containsExactly("replaced");
        board.say(new MachineMessage.LeaseFailed(lease, "late"));
        board.drop();
        board.drop();
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.find(board.id()).orElseThrow().connected()).isTrue();
    }

    @Test
    void shouldLeaseTheLongestIdleMachineFirst() {
        TestMachine second = farm.idle(Farm.MIPS, "board4");
        TestMachine third = farm.idle(Farm.MIPS, "board5");
        second.say(new MachineMessage.SetAside(List.of("disk full")));
        second.ready();
        assertThat(farm.lease(Farm.MIPS).machine()).isEqualTo(third.id());
        assertThat(farm.lease(Farm.MIPS).machine()).isEqualTo(second.id());
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isEmpty();
    }

    @Test
    void shouldTellWhatTheMachineIs() {
        farm.idle(Farm.MIPS, "board4");
        Lease given = farm.coordinator.reserve(Farm.MIPS).orElseThrow();
        assertThat(given.facts().arch()).isEqualTo("mips64");
        assertThat(given.id().value()).startsWith("host-linux-mips64-");
        assertThat(farm.coordinator.reserve(Farm.RISCV)).isEmpty();
    }

    @Test
    void shouldCountABuildOnce() {
        online();
        farm.coordinator.used(lease);
        farm.coordinator.used(lease);
        assertThat(farm.find(board.id()).orElseThrow().record().builds()).isEqualTo(1);
    }
}
