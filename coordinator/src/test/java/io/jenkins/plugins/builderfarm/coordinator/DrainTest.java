package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.history.Drained;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A drained machine gets no work until it is resumed, whatever happens in between. */
class DrainTest {
    private final Farm farm = new Farm();

    private boolean drain(TestMachine machine) {
        return farm.coordinator.drain(machine.id(), "ada", "new disk");
    }

    private List<String> reasons(TestMachine machine) {
        return farm.find(machine.id()).orElseThrow().reasons();
    }

    @Test
    void shouldSetAnIdleMachineAside() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");

        assertThat(drain(board)).isTrue();

        assertThat(farm.state(board)).isEqualTo(MachineState.SET_ASIDE);
        assertThat(reasons(board)).containsExactly("drained by ada: new disk");
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isEmpty();
        assertThat(board.isIn()).as("stays connected, to be seen").isTrue();
        int ready = farm.happenings.ready.size();

        assertThat(farm.coordinator.resume(board.id())).isTrue();

        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
        assertThat(farm.happenings.ready).hasSize(ready + 1);
        assertThat(farm.coordinator.reserve(Farm.MIPS)).isPresent();
    }

    @Test
    void shouldLetABuildFinish() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        LeaseId lease = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(lease);
        farm.coordinator.used(lease);

        drain(board);

        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
        assertThat(farm.happenings.drained).isEmpty();
        farm.coordinator.release(lease);
        board.drop();
        board.dial();
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.SET_ASIDE);
        assertThat(farm.happenings.lost).isEmpty();
    }

    @Test
    void shouldAskForASpareBackNowOrOnceItIsOne() {
        TestMachine spare = farm.idle(Farm.MIPS, "board3");
        LeaseId first = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(first);
        drain(spare);
        TestMachine starting = farm.idle(Farm.MIPS, "board4");
        LeaseId second = farm.lease(Farm.MIPS).id();
        drain(starting);
        assertThat(farm.happenings.drained).containsExactly(first);

        farm.coordinator.agentOnline(second);

        assertThat(farm.happenings.drained).containsExactly(first, second);
    }

    @Test
    void shouldHoldWhileTheMachineIsGoneAndAcrossRestarts() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        board.drop();
        assertThat(drain(board)).as("it is known").isTrue();
        board.dial();
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.SET_ASIDE);

        // No orderly end: what people rely on was saved at once.
        farm.create();
        farm.configure();
        assertThat(farm.find(board.id()).orElseThrow().record().drained())
                .contains(new Drained("ada", farm.clock.instant(), "new disk"));
        board.dial();
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.SET_ASIDE);
        farm.coordinator.resume(board.id());
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldNotResumeWhatSetsItselfAside() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        drain(board);
        board.say(new MachineMessage.SetAside(List.of("disk full")));
        assertThat(reasons(board)).containsExactly("drained by ada: new disk", "disk full");

        farm.coordinator.resume(board.id());

        assertThat(farm.state(board)).isEqualTo(MachineState.SET_ASIDE);
        assertThat(reasons(board)).containsExactly("disk full");
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldLeaveAMachineAloneThatHasNotSaidYetWhetherItCanWork() {
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        board.dial();
        drain(board);
        farm.coordinator.resume(board.id());

        assertThat(farm.state(board)).isEqualTo(MachineState.CONNECTING);
        board.say(new MachineMessage.SetAside(List.of()));
        drain(board);
        farm.coordinator.resume(board.id());
        assertThat(farm.state(board)).as("it gave no reason, and yet").isEqualTo(MachineState.SET_ASIDE);
    }

    @Test
    void shouldSayWhatItDoesNotKnow() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");

        assertThat(farm.coordinator.drain(MachineId.parse("host-linux-mips64/none"), "ada", ""))
                .isFalse();
        assertThat(farm.coordinator.drain(MachineId.parse("host-none/board3"), "ada", ""))
                .isFalse();
        assertThat(farm.coordinator.resume(board.id())).as("wasn't drained").isFalse();
    }

    @Test
    void shouldKeepTheLatestReasonAndCutIt() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        drain(board);
        farm.pass(Duration.ofSeconds(5));
        farm.coordinator.drain(board.id(), "eve", "x\n".repeat(10_000));

        Optional<Drained> drained = farm.find(board.id()).orElseThrow().record().drained();
        assertThat(drained).hasValueSatisfying(latest -> {
            assertThat(latest.by()).isEqualTo("eve");
            assertThat(latest.since()).isEqualTo(farm.clock.instant());
            assertThat(latest.why())
                    .hasSizeLessThanOrEqualTo(Limits.LONGEST_NOTE)
                    .doesNotContain("\n");
        });
        farm.coordinator.drain(board.id(), "eve", "");
        assertThat(reasons(board)).containsExactly("drained by eve");
    }
}
