package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.view.Health;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pages are told. */
class ViewsTest {
    private final Farm farm = new Farm();

    private HostTypeView mips() {
        return farm.coordinator.hostType(Farm.MIPS).orElseThrow();
    }

    @Test
    void shouldCountMachinesByState() {
        TestMachine connecting = farm.machine(Farm.MIPS, "connecting");
        connecting.dial();
        TestMachine aside = farm.machine(Farm.MIPS, "aside");
        aside.dial();
        aside.say(new MachineMessage.SetAside(List.of("disk full")));
        farm.idle(Farm.MIPS, "leased1");
        farm.idle(Farm.MIPS, "leased2");
        farm.idle(Farm.MIPS, "idle");
        farm.idle(Farm.MIPS, "gone").drop();
        farm.lease(Farm.MIPS);
        LeaseId busy = farm.lease(Farm.MIPS).id();
        farm.coordinator.agentOnline(busy);
        farm.coordinator.used(busy);

        HostTypeView view = mips();
        assertThat(view.count(MachineState.CONNECTING)).isEqualTo(1);
        assertThat(view.count(MachineState.SET_ASIDE)).isEqualTo(1);
        assertThat(view.count(MachineState.STARTING)).isEqualTo(1);
        assertThat(view.count(MachineState.BUSY)).isEqualTo(1);
        assertThat(view.count(MachineState.IDLE)).isEqualTo(1);
        assertThat(view.count(MachineState.MISSING)).isEqualTo(1);
        assertThat(view.connected()).isEqualTo(5);
        assertThat(view.leased()).isEqualTo(2);
        assertThat(view.health()).isEqualTo(Health.WARNING);
        assertThat(view.problem()).isEqualTo("1 set aside");

        PoolView pool = farm.coordinator.snapshot();
        assertThat(pool.hostTypes()).extracting(HostTypeView::name).containsExactly(Farm.MIPS, Farm.RISCV);
        assertThat(pool.hostType(Farm.MIPS)).contains(view);
        assertThat(pool.machines())
                .extracting(machine -> machine.id().hostname().value())
                .containsExactly("aside", "connecting", "gone", "idle", "leased1", "leased2");
    }

    @Test
    void shouldShowWhatAMachineSays() {
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        board.dial();
        board.say(new MachineMessage.SetAside(List.of("disk full", "no Java")));
        MachineView view = farm.find(board.id()).orElseThrow();
        assertThat(view.reasons()).containsExactly("disk full", "no Java");
        assertThat(view.address()).isEqualTo("192.0.2.7");
        assertThat(view.facts().orElseThrow().workDir()).isEqualTo("/home/builder/work");
        assertThat(view.generation()).isEqualTo(1);
        board.say(new MachineMessage.SetAside(List.of("no Java")));
        assertThat(farm.find(board.id()).orElseThrow().reasons()).containsExactly("no Java");
        board.ready();
        assertThat(farm.find(board.id()).orElseThrow().reasons()).isEmpty();
    }

    @Test
    void shouldWarnOfMissingMachinesAndSayWhoToAsk() {
        farm.configure(farm.settings(Farm.MIPS).withExpected(20).withOwner("Jo <jo@example.org>"));
        List<TestMachine> boards = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            boards.add(farm.idle(Farm.MIPS, "board" + i));
        }
        assertThat(mips().health()).isEqualTo(Health.OK);
        assertThat(mips().problem()).isEmpty();

        boards.get(0).drop();
        boards.get(1).drop();
        assertThat(mips().health()).as("they may be on their way back").isEqualTo(Health.OK);
        farm.pass(Duration.ofMinutes(3));
        assertThat(mips().missing()).isEqualTo(2);
        assertThat(mips().health()).isEqualTo(Health.WARNING);
        assertThat(mips().problem()).isEqualTo("2 of 20 machines missing; ask Jo <jo@example.org>");

        boards.get(2).drop();
        farm.pass(Duration.ofMinutes(3));
        assertThat(mips().health()).as("15 %").isEqualTo(Health.ERROR);
        boards.get(2).dial();
        assertThat(mips().health()).isEqualTo(Health.WARNING);
    }

    @Test
    void shouldSayWhenAMachineWasLastSeen() {
        assertThat(mips().lastSeen()).isEmpty();
        TestMachine board = farm.idle(Farm.MIPS, "board3");
        farm.pass(Duration.ofSeconds(30));
        assertThat(mips().lastSeen()).contains(farm.clock.instant());
        board.drop();
        var left = farm.clock.instant();
        farm.pass(Duration.ofMinutes(10));
        assertThat(mips().lastSeen()).contains(left);
        assertThat(mips().missing()).as("nobody expects any").isZero();
        assertThat(mips().health()).isEqualTo(Health.OK);
    }

    @Test
    void shouldTellOfChangesOncePerTick() {
        farm.pass(Duration.ofSeconds(1));
        int before = farm.happenings.changes;
        farm.idle(Farm.MIPS, "board1");
        farm.idle(Farm.MIPS, "board2");
        assertThat(farm.happenings.changes).isEqualTo(before);
        farm.pass(Duration.ofSeconds(1));
        assertThat(farm.happenings.changes).isEqualTo(before + 1);
        farm.pass(Duration.ofSeconds(1));
        assertThat(farm.happenings.changes).isEqualTo(before + 1);
    }
}
