package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of a lease, and every end that it can come to. */
class LeaseLifeTest {
    private final Farm farm = new Farm();

    @Test
    void shouldGoTheWholeWayRound() {
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        board.dial();
        assertThat(farm.state(board)).isEqualTo(MachineState.CONNECTING);
        board.ready();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
        assertThat(farm.happenings.ready).containsExactly(Farm.MIPS);

        Lease lease = farm.coordinator.reserve(Farm.MIPS).orElseThrow();
        assertThat(lease.machine()).isEqualTo(board.id());
        assertThat(farm.state(board)).isEqualTo(MachineState.RESERVED);
        assertThat(board.find(ControllerMessage.Lease.class)).isEmpty();

        assertThat(farm.coordinator.start(lease.id(), "s3cret")).isTrue();
        assertThat(board.last(ControllerMessage.Lease.class))
                .isEqualTo(new ControllerMessage.Lease(lease.id(), "s3cret"));
        assertThat(farm.state(board)).isEqualTo(MachineState.STARTING);

        board.say(new MachineMessage.LeaseAccepted(lease.id()));
        farm.coordinator.agentOnline(lease.id());
        assertThat(farm.state(board)).isEqualTo(MachineState.SPARE);
        assertThat(farm.coordinator.used(lease.id())).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.BUSY);
        assertThat(farm.coordinator.machine(lease.id()).orElseThrow().id()).isEqualTo(board.id());

        farm.coordinator.release(lease.id());
        assertThat(farm.coordinator.isLive(lease.id())).isFalse();
        assertThat(board.last(ControllerMessage.Release.class))
                .isEqualTo(new ControllerMessage.Release(lease.id(), false));
        assertThat(farm.state(board)).isEqualTo(MachineState.RELEASING);

        board.say(new MachineMessage.Released(lease.id(), Optional.empty()));
        board.drop();
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
        assertThat(farm.find(board.id()).orElseThrow().record().builds()).isEqualTo(1);
        assertThat(farm.happenings.lost).isEmpty();
    }
}
