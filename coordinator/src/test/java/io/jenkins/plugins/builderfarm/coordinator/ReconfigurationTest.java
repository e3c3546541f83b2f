package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a changed configuration does to machines that are in. */
class ReconfigurationTest {
    private final Farm farm = new Farm();
    private final TestMachine board = farm.idle(Farm.MIPS, "board3");

    private LeaseId build() {
        LeaseId lease = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(lease);
        farm.coordinator.used(lease);
        return lease;
    }

    private static DrainReason drained(TestMachine machine) {
        return machine.last(ControllerMessage.Drain.class).reason();
    }

    @Test
    void shouldDropARevokedKeysMachinesAtOnce() {
        TestMachine rotated = farm.machine(Farm.MIPS, "board4");
        farm.configure(farm.settings(Farm.MIPS).withGenerations(Set.of(1, 2)));
        rotated.generation = 2;
        rotated.key = BuilderKey.derive(Farm.MASTER, Farm.MIPS, 2);
        rotated.dial();
        LeaseId lease = build();

        farm.configure(farm.settings(Farm.MIPS).withGenerations(Set.of(2)));
        assertThat(drained(board)).isEqualTo(DrainReason.KEY_REVOKED);
        assertThat(board.closed).containsExactly("dropped");
        assertThat(farm.happenings.lost).containsOnlyKeys(lease);
        assertThat(rotated.isIn()).isTrue();
        board.dial();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.KEY_REVOKED);
    }

    @Test
    void shouldLoseTheLeaseOfARevokedMachineThatIsAway() {
        LeaseId lease = build();
        board.drop();
        farm.configure(farm.settings(Farm.MIPS).withGenerations(Set.of(2)));
        assertThat(farm.happenings.lost).containsOnlyKeys(lease);
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldDropADeniedMachineAtOnce() {
        TestMachine other = farm.idle(Farm.MIPS, "board4");
        farm.configure(farm.settings(Farm.MIPS).withDenied(Set.of(new Hostname("board3"))));
        assertThat(drained(board)).isEqualTo(DrainReason.MACHINE_DENIED);
        assertThat(board.isIn()).isFalse();
        assertThat(farm.state(other)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldDropAllButPinnedMachines() {
        TestMachine other = farm.idle(Farm.MIPS, "board4");
        farm.configure(farm.settings(Farm.MIPS).withPinned(Set.of(new Hostname("board4"))));
        assertThat(drained(board)).isEqualTo(DrainReason.MACHINE_DENIED);
        assertThat(farm.state(other)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldSendIdleMachinesOfADisabledHostTypeAway() {
        TestMachine aside = farm.machine(Farm.MIPS, "board4");
        aside.dial();
        aside.say(new MachineMessage.SetAside(List.of("disk full")));
        TestMachine foreign = farm.idle(Farm.RISCV, "unmatched");
        farm.configure(farm.settings(Farm.MIPS).withDisabled(true));
        assertThat(drained(board)).isEqualTo(DrainReason.HOST_TYPE_DISABLED);
        assertThat(drained(aside)).isEqualTo(DrainReason.HOST_TYPE_DISABLED);
        assertThat(farm.state(board)).isEqualTo(MachineState.LEAVING);
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isEmpty();
        assertThat(farm.state(foreign)).isEqualTo(MachineState.IDLE);
        board.say(new MachineMessage.Goodbye("drained"));
        board.drop();
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldGiveUpAMachineThatDoesNotLeave() {
        farm.configure(farm.settings(Farm.MIPS).withDisabled(true));
        farm.pass(Duration.ofSeconds(59));
        assertThat(board.closed).isEmpty();
        farm.pass(Duration.ofSeconds(1));
        assertThat(board.closed).containsExactly("dropped");
    }

    @Test
    void shouldLetABuildOfADisabledHostTypeFinish() {
        LeaseId lease = build();
        farm.configure(farm.settings(Farm.MIPS).withDisabled(true));
        assertThat(board.find(ControllerMessage.Drain.class)).isEmpty();
        board.drop();
        board.heldLease = Optional.of(lease);
        board.dial();
        assertThat(board.isIn()).as("it may come back with its lease").isTrue();
        farm.coordinator.release(lease);
        board.say(new MachineMessage.Released(lease, Optional.empty()));
        board.drop();
        board.heldLease = Optional.empty();
        board.dial();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.HOST_TYPE_DISABLED);
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldNotMakeAMachineIdleThatIsNoLongerWanted() {
        LeaseId lease = farm.coordinator.reserve(Farm.MIPS).orElseThrow().id();
        farm.configure(farm.settings(Farm.MIPS).withDisabled(true));
        assertThat(farm.coordinator.cancel(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.LEAVING);
    }

    @Test
    void shouldSendAnOutdatedMachineForANewerBuildlet() {
        farm.configure(farm.settings(Farm.MIPS).withMinimumBuildlet(new Version("2.0")));
        assertThat(drained(board)).isEqualTo(DrainReason.NEWER_BUILDLET);
    }

    @Test
    void shouldForgetAHostTypeThatIsGone() {
        farm.unconfigure(Farm.MIPS);
        assertThat(drained(board)).isEqualTo(DrainReason.HOST_TYPE_DISABLED);
        assertThat(board.last(ControllerMessage.Drain.class).note())
                .contains("not configured any more", "another name");
        board.drop();
        farm.configure();
        assertThat(farm.coordinator.hostType(Farm.MIPS)).isEmpty();
        assertThat(farm.coordinator.snapshot().machines()).isEmpty();
        board.dial();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.UNKNOWN_HOST_TYPE);
    }

    @Test
    void shouldLetABuildFinishOfAHostTypeThatIsGoneAndThenSayWhy() {
        LeaseId lease = farm.lease(Farm.MIPS).id();
        farm.unconfigure(Farm.MIPS);
        assertThat(board.find(ControllerMessage.Drain.class)).isEmpty();
        farm.coordinator.agentOnline(lease);
        assertThat(farm.coordinator.used(lease)).isTrue();
        farm.pass(Duration.ofMinutes(5));
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.coordinator.release(lease)).isTrue();
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldNotLetAWaitingDuplicateInByTheOldConfiguration() {
        TestMachine twin = farm.machine(Farm.MIPS, "board3");
        twin.dial();
        farm.configure(farm.settings(Farm.MIPS).withDenied(Set.of(new Hostname("board3"))));
        assertThat(twin.find(ControllerMessage.Welcome.class)).isEmpty();
        assertThat(twin.closed).containsExactly("refused");
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldLeaveMachinesInPeaceWhenNothingOfTheirsChanges() {
        LeaseId lease = build();
        farm.idle(Farm.MIPS, "board4");
        farm.configure(farm.settings(Farm.MIPS).withExpected(5).withOwner("Jo"));
        farm.configure();
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(board.isIn()).isTrue();
    }
}
