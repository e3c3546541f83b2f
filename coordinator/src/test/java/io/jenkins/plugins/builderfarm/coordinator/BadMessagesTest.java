package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, it is answered by a refusal or ignored; it never throws, and never harms another machine. */
class BadMessagesTest {
    private static final LeaseId FOREIGN = new LeaseId("host-linux-mips64-0123456789ab");

    private final Farm farm = new Farm();

    static Stream<String> garbage() {
        return Stream.of(
                "",
                " ",
                "null",
                "42",
                "[]",
                "{}",
                "{\"type\":1}",
                "{\"type\":null}",
                "{\"type\":\"health\"}",
                "{\"type\":\"health\",\"sequence\":-1,\"disk\":0,\"memory\":0,\"load\":0}",
                "{\"type\":\"health\",\"sequence\":1e999999999,\"disk\":0,\"memory\":0,\"load\":0}",
                "{\"type\":\"leaseAccepted\"}",
                "{\"type\":\"leaseAccepted\",\"lease\":\"../../etc/passwd\"}",
                "{\"type\":\"leaseFailed\",\"lease\":\"host-a-00000000\"}",
                "{\"type\":\"setAside\",\"reasons\":\"all\"}",
                "{\"type\":\"goodbye\",\"reason\":[]}",
                "{\"type\":\"hello\"}",
                "{\"type\":\"ready\"}{\"type\":\"ready\"}",
                "{\"type\":\"ready\"",
                "[".repeat(1_000),
                "{\"type\":\"ready\",\"x\":\"" + "y".repeat(Limits.LONGEST_MESSAGE) + "\"}",
                "\u0000\uffff");
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void shouldRefuseAStrangerThatTalksNonsense(String text) {
        TestMachine stranger = farm.machine(Farm.MIPS, "board1");
        stranger.connect();
        stranger.session.received(text);
        assertThat(stranger.received.get(1)).isInstanceOf(ControllerMessage.Refused.class);
        assertThat(stranger.closed).containsExactly("refused");
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.BAD_MESSAGE);
        assertThat(farm.lastRefusal().detail()).isNotBlank().hasSizeLessThan(300);
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void shouldDropAMachineThatTalksNonsense(String text) {
        TestMachine other = farm.idle(Farm.MIPS, "board2");
        TestMachine board = farm.idle(Farm.MIPS, "board1");
        board.session.received(text);
        assertThat(board.closed).containsExactly("dropped");
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.BAD_MESSAGE);
        assertThat(farm.lastRefusal().machine()).isEqualTo(board.id().toString());
        assertThat(farm.state(other)).isEqualTo(MachineState.IDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "goodbye", "health", "leaseAccepted", "somethingNew"})
    void shouldRefuseAStrangerThatDoesNotSayHelloFirst(String type) {
        TestMachine stranger = farm.machine(Farm.MIPS, "board1");
        stranger.connect();
        stranger.session.received("{\"type\":\"" + type + "\",\"reason\":\"x\",\"lease\":\"" + FOREIGN
                + "\",\"sequence\":0,\"disk\":0,\"memory\":0,\"load\":0}");
        assertThat(stranger.closed).containsExactly("refused");
        assertThat(farm.lastRefusal().detail()).isEqualTo("it said '" + type + "' instead of hello");
    }

    @Test
    void shouldDropAMachineThatSaysHelloTwice() {
        TestMachine board = farm.idle(Farm.MIPS, "board1");
        board.say(board.hello());
        assertThat(board.isIn()).isFalse();
        assertThat(farm.lastRefusal().detail()).isEqualTo("it said hello twice");
    }

    @Test
    void shouldIgnoreWhatItDoesNotKnow() {
        TestMachine board = farm.idle(Farm.MIPS, "board1");
        board.session.received("{\"type\":\"somethingNew\",\"with\":{\"fields\":[1]}}");
        assertThat(board.isIn()).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldIgnoreWhatIsSaidOfAnotherMachinesLease() {
        TestMachine board = farm.idle(Farm.MIPS, "board1");
        LeaseId lease = farm.lease(Farm.MIPS).id();
        TestMachine liar = farm.idle(Farm.MIPS, "liar");
        for (LeaseId id : List.of(lease, FOREIGN)) {
            liar.say(new MachineMessage.LeaseAccepted(id));
            liar.say(new MachineMessage.LeaseFailed(id, "ha"));
            liar.say(new MachineMessage.Released(id, Optional.of("ha")));
        }
        assertThat(farm.coordinator.isLive(lease)).isTrue();
        assertThat(farm.state(board)).isEqualTo(MachineState.STARTING);
        assertThat(farm.state(liar)).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldSurviveMutilatedMessages() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            TestMachine board = farm.machine(Farm.MIPS, "board1");
            board.address = "127.0.0.1";
            board.connect();
            StringBuilder text = new StringBuilder(board.hello().encode());
            for (int j = random.nextInt(4); j >= 0 && !text.isEmpty(); j--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(128));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.setLength(at + 1);
                }
            }
            board.session.received(text.toString());
            boolean refused = board.find(ControllerMessage.Refused.class).isPresent();
            assertThat(refused != board.isIn()).as("seed %d, %s", seed, text).isTrue();
            board.drop();
        }
        assertThat(farm.coordinator.tryUpgrade("192.0.2.1")).isPresent();
    }
}
