package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is remembered of a machine outlives its nodes and the controller. */
class HistoryTest {
    private final Farm farm = new Farm(new Bounds(256, 64, true, 20, 200, 3));

    private MachineRecord record(TestMachine machine) {
        return farm.find(machine.id()).orElseThrow().record();
    }

    private void build(TestMachine machine) {
        LeaseId lease = farm.lease(machine.id().hostType()).id();
        farm.coordinator.agentOnline(lease);
        farm.coordinator.used(lease);
        farm.coordinator.release(lease);
        machine.drop();
    }

    @Test
    void shouldOutliveTheController() {
        Instant first = farm.clock.instant();
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.pass(Duration.ofSeconds(30));
        build(board);
        farm.pass(Duration.ofSeconds(30));
        board.buildlet = new Version("1.1");
        board.dial();
        board.ready();
        LeaseId refused = farm.lease(Farm.MIPS).id();
        board.say(new MachineMessage.LeaseFailed(refused, "no"));
        farm.pass(Duration.ofSeconds(5));
        Instant last = farm.clock.instant();
        farm.coordinator.close();

        farm.create();
        farm.configure();
        MachineView view = farm.find(board.id()).orElseThrow();
        assertThat(view.state()).isEqualTo(MachineState.MISSING);
        assertThat(view.record().firstSeen()).isEqualTo(first);
        assertThat(view.record().lastSeen()).isEqualTo(last);
        assertThat(view.record().builds()).isEqualTo(1);
        assertThat(view.record().failures()).isEqualTo(1);
        assertThat(view.record().releases())
                .containsExactly(
                        new MachineRecord.Run(new Version("1.1"), first.plusSeconds(60)),
                        new MachineRecord.Run(new Version("1.0"), first));
    }

    @Test
    void shouldKeepTheLatestReleasesOnly() {
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        for (int i = 0; i < 9; i++) {
            board.buildlet = new Version("1." + i);
            board.dial();
            board.drop();
        }
        assertThat(record(board).releases()).hasSize(MachineRecord.MOST_RELEASES);
        assertThat(record(board).releases().get(0).buildlet()).isEqualTo(new Version("1.8"));
    }

    @Test
    void shouldSaveOnceAMinuteAndOnlyChanges() {
        farm.idle(Farm.MIPS, "board3");
        farm.pass(Duration.ofSeconds(59));
        assertThat(farm.store.saves).isZero();
        farm.pass(Duration.ofSeconds(1));
        assertThat(farm.store.saves).isEqualTo(1);
        assertThat(farm.store.records).hasSize(1);
        farm.pass(Duration.ofMinutes(10));
        assertThat(farm.store.saves).isEqualTo(1);
    }

    @Test
    void shouldRememberOnlySoManyAbsentMachinesOfAHostType() {
        TestMachine here = farm.idle(Farm.MIPS, "here");
        TestMachine other = farm.idle(Farm.RISCV, "other");
        other.drop();
        for (int i = 0; i < 10; i++) {
            farm.idle(Farm.MIPS, "board" + i).drop();
            farm.pass(Duration.ofSeconds(30));
        }
        farm.pass(Duration.ofMinutes(2));
        assertThat(farm.store.records.keySet())
                .extracting(id -> id.hostname().value())
                .containsExactlyInAnyOrder("board7", "board8", "board9", "here", "other");
        assertThat(farm.coordinator.snapshot().machines()).hasSize(5);
        assertThat(here.isIn()).isTrue();
    }

    @Test
    void shouldForgetAMachineThatWasGoneForThreeMonths() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        board.drop();
        farm.pass(Duration.ofMinutes(1));
        farm.clock.move(Duration.ofDays(89));
        farm.pass(Duration.ofMinutes(1));
        assertThat(farm.store.records).hasSize(1);
        farm.clock.move(Duration.ofDays(1));
        farm.pass(Duration.ofMinutes(1));
        assertThat(farm.store.records).isEmpty();
        assertThat(farm.find(board.id())).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheStoreFails() {
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.store.failing = true;
        farm.pass(Duration.ofMinutes(2));
        farm.store.failing = false;
        board.drop();
        farm.pass(Duration.ofMinutes(2));
        assertThat(farm.store.records).hasSize(1);
    }
}
