package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Strangers are few, small and short. */
class BackPressureTest {
    private final Farm farm = new Farm(new Bounds(3, 2, true, 20, 5, 100));

    private Optional<Ticket> upgrade(String address) {
        return farm.coordinator.tryUpgrade(address);
    }

    @Test
    void shouldHearOnlySoManyOfOneAddress() {
        assertThat(upgrade("192.0.2.1")).isPresent();
        assertThat(upgrade("192.0.2.1")).isPresent();
        assertThat(upgrade("192.0.2.1")).isEmpty();
        assertThat(upgrade("192.0.2.2")).isPresent();
    }

    @Test
    void shouldHearOnlySoManyInAll() {
        for (String address : new String[] {"127.0.0.1", "127.0.0.1", "127.0.0.1"}) {
            assertThat(upgrade(address))
                    .as("loopback is exempt from the other bound")
                    .isPresent();
        }
        assertThat(upgrade("192.0.2.1")).isEmpty();
        assertThat(upgrade("::1")).isEmpty();
    }

    @Test
    void shouldBoundLoopbackTooIfTold() {
        Farm strict = new Farm(new Bounds(3, 1, false, 20, 5, 100));
        assertThat(strict.coordinator.tryUpgrade("127.0.0.1")).isPresent();
        assertThat(strict.coordinator.tryUpgrade("127.0.0.1")).isEmpty();
    }

    @Test
    void shouldMakeRoomWhenAStrangerProvesItselfLeavesOrGivesUp() {
        TestMachine first = farm.machine(Farm.MIPS, "board1");
        TestMachine second = farm.machine(Farm.MIPS, "board2");
        first.connect();
        second.connect();
        assertThat(upgrade("192.0.2.7")).isEmpty();

        first.say(first.hello());
        Ticket third = upgrade("192.0.2.7").orElseThrow();
        second.drop();
        second.drop();
        Ticket fourth = upgrade("192.0.2.7").orElseThrow();
        assertThat(upgrade("192.0.2.7")).isEmpty();
        third.cancel();
        third.cancel();
        fourth.cancel();
        assertThat(upgrade("192.0.2.7")).isPresent();
        assertThat(upgrade("192.0.2.7")).isPresent();
        assertThat(upgrade("192.0.2.7")).isEmpty();
    }

    @Test
    void shouldTakeBackATicketThatIsNeverOpened() {
        Ticket ticket = upgrade("192.0.2.1").orElseThrow();
        upgrade("192.0.2.1").orElseThrow();
        farm.pass(Duration.ofSeconds(9));
        assertThat(upgrade("192.0.2.1")).isEmpty();
        farm.pass(Duration.ofSeconds(1));
        assertThat(upgrade("192.0.2.1")).isPresent();

        TestMachine late = farm.machine(Farm.MIPS, "board1");
        Session session = farm.coordinator.open(ticket, late);
        assertThat(late.closed).containsExactly("too late");
        session.received("{}");
        session.closed("late");
        assertThat(late.received).isEmpty();
    }

    @Test
    void shouldOpenATicketOnce() {
        Ticket ticket = upgrade("192.0.2.1").orElseThrow();
        TestMachine board = farm.machine(Farm.MIPS, "board1");
        farm.coordinator.open(ticket, board);
        ticket.cancel();
        assertThatThrownBy(() -> farm.coordinator.open(ticket, board)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> farm.coordinator.open(foreign(), board)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Ticket foreign() {
        return new Ticket() {
            @Override
            public String address() {
                return "";
            }

            @Override
            public void cancel() {}
        };
    }

    @Test
    void shouldNotWaitForAStrangerLongerThanTenSeconds() {
        TestMachine slow = farm.machine(Farm.MIPS, "slow");
        slow.connect();
        farm.pass(Duration.ofSeconds(9));
        assertThat(slow.closed).isEmpty();
        farm.pass(Duration.ofSeconds(1));
        assertThat(slow.closed).containsExactly("refused");
        assertThat(slow.find(ControllerMessage.Refused.class)).isPresent();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.TOO_SLOW);
        assertThat(farm.lastRefusal().machine()).isEmpty();
        slow.say(slow.hello());
        assertThat(slow.find(ControllerMessage.Welcome.class)).isEmpty();
    }

    @Test
    void shouldDropAMachineThatTalksTooMuch() {
        TestMachine board = farm.idle(Farm.MIPS, "board1");
        for (int i = 0; i < 18; i++) {
            board.say(new MachineMessage.Ready());
        }
        assertThat(board.isIn()).isTrue();
        board.say(new MachineMessage.Ready());
        assertThat(board.isIn()).isFalse();
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.TOO_MANY_MESSAGES);
    }

    @Test
    void shouldNotCountMessagesOfLongAgo() {
        TestMachine board = farm.idle(Farm.MIPS, "board1");
        for (int i = 0; i < 100; i++) {
            board.say(new MachineMessage.Ready());
            farm.pass(Duration.ofSeconds(1));
        }
        assertThat(board.isIn()).isTrue();
    }

    @Test
    void shouldSpreadThoseItHasNoTimeFor() {
        Set<Duration> answers = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            answers.add(farm.coordinator.retryAfter());
        }
        assertThat(answers).hasSize(30).allMatch(answer -> answer.toSeconds() >= 1 && answer.toSeconds() <= 30);
    }

    @Test
    void shouldKeepOnlyTheLatestRefusals() {
        for (int i = 0; i < 9; i++) {
            TestMachine stranger = farm.machine(Farm.MIPS, "board" + i);
            stranger.connect();
            stranger.session.received("nonsense " + i);
        }
        assertThat(farm.coordinator.refusals()).hasSize(5);
    }
}
