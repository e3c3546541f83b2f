package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.Health;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.HealthCheck;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.Welcome;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two connections under one name: the older one is asked first. */
class DuplicatesTest {
    private final Farm farm = new Farm();
    private final TestMachine older = farm.idle(Farm.MIPS, "board3");
    private final TestMachine newer = farm.machine(Farm.MIPS, "board3");

    private boolean waits(TestMachine machine) {
        return machine.received.size() == 1 && machine.closed.isEmpty();
    }

    @Test
    void shouldAskTheOlderOneAtOnce() {
        newer.dial();
        assertThat(older.find(HealthCheck.class)).isPresent();
        assertThat(waits(newer)).isTrue();
        assertThat(farm.state(older)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldRefuseTheNewerOneIfTheOlderOneIsAlive() {
        newer.dial();
        older.answer();
        assertThat(newer.find(ControllerMessage.Refused.class)).isPresent();
        assertThat(newer.closed).containsExactly("refused");
        assertThat(older.isIn()).isTrue();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.DUPLICATE);
        assertThat(farm.lastRefusal().detail()).contains("192.0.2.7");
        assertThat(farm.find(older.id()).orElseThrow().duplicate()).isPresent();
        assertThat(farm.coordinator.hostType(Farm.MIPS).orElseThrow().duplicates())
                .isEqualTo(1);
        assertThat(farm.coordinator.hostType(Farm.MIPS).orElseThrow().health()).isEqualTo(Health.ERROR);

        farm.pass(Duration.ofMinutes(5));
        assertThat(farm.find(older.id()).orElseThrow().duplicate()).isEmpty();
        assertThat(farm.coordinator.hostType(Farm.MIPS).orElseThrow().health()).isEqualTo(Health.OK);
    }

    @Test
    void shouldReplaceTheOlderOneIfItIsDead() {
        older.alive = false;
        newer.dial();
        farm.pass(Duration.ofSeconds(9));
        assertThat(waits(newer)).isTrue();
        farm.pass(Duration.ofSeconds(1));
        assertThat(older.closed).containsExactly("dropped");
        assertThat(newer.isIn()).isTrue();
        newer.ready();
        assertThat(farm.state(newer)).isEqualTo(MachineState.IDLE);
        older.drop();
        assertThat(farm.state(newer)).as("a late close of the older one").isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldReplaceTheOlderOneWhenItCloses() {
        newer.dial();
        older.drop();
        assertThat(newer.isIn()).isTrue();
    }

    @Test
    void shouldForgetANewerOneThatGivesUp() {
        newer.dial();
        newer.drop();
        older.answer();
        assertThat(farm.find(older.id()).orElseThrow().duplicate()).isEmpty();
        assertThat(newer.find(ControllerMessage.Refused.class)).isEmpty();
        older.drop();
        assertThat(newer.find(Welcome.class)).isEmpty();
        assertThat(farm.state(older)).isEqualTo(MachineState.MISSING);
    }

    @Test
    void shouldLetOnlyTheNewestWait() {
        TestMachine newest = farm.machine(Farm.MIPS, "board3");
        newer.dial();
        newest.dial();
        assertThat(newer.closed).containsExactly("refused");
        older.drop();
        assertThat(newest.isIn()).isTrue();
    }

    @Test
    void shouldNotAskAMachineThatHasSaidGoodbye() {
        older.say(new MachineMessage.Goodbye("stopped"));
        newer.dial();
        assertThat(newer.isIn()).isTrue();
        older.drop();
        assertThat(newer.isIn()).isTrue();
        assertThat(farm.state(newer)).isEqualTo(MachineState.CONNECTING);
    }

    @Test
    void shouldNotAskWhenTheNewerOneHoldsTheLease() {
        Lease lease = farm.lease(Farm.MIPS);
        newer.heldLease = Optional.of(lease.id());
        newer.dial();
        assertThat(newer.isIn()).isTrue();
        assertThat(older.closed).containsExactly("replaced");
        assertThat(farm.coordinator.isLive(lease.id())).isTrue();
    }

    @Test
    void shouldRefuseATwinWhileABuildRuns() {
        Lease lease = farm.lease(Farm.MIPS);
        farm.coordinator.agentOnline(lease.id());
        farm.coordinator.used(lease.id());
        newer.dial();
        older.answer();
        assertThat(newer.isIn()).isFalse();
        assertThat(farm.coordinator.isLive(lease.id())).isTrue();
        assertThat(farm.state(older)).isEqualTo(MachineState.BUSY);
    }

    @Test
    void shouldLoseTheLeaseOfADeadMachineThatComesBackWithoutIt() {
        Lease lease = farm.lease(Farm.MIPS);
        older.alive = false;
        newer.dial();
        farm.pass(Duration.ofSeconds(10));
        assertThat(newer.isIn()).isTrue();
        assertThat(farm.happenings.lost).containsOnlyKeys(lease.id());
    }

    @Test
    void shouldRefuseAWaitingOneThatTalks() {
        newer.dial();
        newer.ready();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.BAD_MESSAGE);
        assertThat(newer.closed).containsExactly("refused");
        older.drop();
        assertThat(newer.find(Welcome.class)).isEmpty();
    }
}
