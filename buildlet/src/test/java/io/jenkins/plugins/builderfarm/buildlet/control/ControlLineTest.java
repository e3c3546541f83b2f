package io.jenkins.plugins.builderfarm.buildlet.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.support.ManualLoop;
import io.jenkins.plugins.builderfarm.buildlet.support.TestNetwork;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlLineTest {
    private static final Duration CAP = Duration.ofSeconds(60);
    private static final LeaseId LEASE = new LeaseId("host-linux-test-7f3k9m2q");

    private final ManualLoop loop = new ManualLoop();
    private final TestNetwork network = new TestNetwork();
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private Optional<LeaseId> held = Optional.empty();
    private final ControlLine line = new ControlLine(
            loop,
            network,
            TestNetwork.introduction(),
            new Backoff(Duration.ofSeconds(1), CAP, new Random(1)),
            new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), () -> Instant.EPOCH),
            new ControlLine.Listener() {
                @Override
                public void welcomed(ControllerMessage.Welcome welcome) {
                    events.add("welcomed");
                }

                @Override
                public void received(ControllerMessage message) {
                    events.add(message.type());
                }

                @Override
                public void refused(Duration retry) {
                    events.add("refused");
                }

                @Override
                public void outOfReach() {
                    events.add("out of reach");
                }
            });

    @Test
    void shouldDialAgainAndAgain() {
        line.start(() -> held);
        for (int i = 0; i < 5; i++) {
            failToConnect();
        }
        assertThat(network.calls).hasSize(6);
        assertThat(line.isUp()).isFalse();
        network.call().welcome(loop);
        assertThat(events).containsExactly("welcomed");
        assertThat(line.isUp()).isTrue();
    }

    @Test
    void shouldSayTheSameProblemSeldom() {
        line.start(() -> held);
        for (int i = 0; i < 21; i++) {
            failToConnect();
        }
        assertThat(logged.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("refused")))
                .hasSize(3);
        network.call().drop(loop, "unknown host farm.example");
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("unknown host farm.example");
    }

    @Test
    void shouldLeaveABusyControllerAloneAsLongAsItAsks() {
        line.start(() -> held);
        network.call().drop(loop, "busy", Duration.ofSeconds(20));
        loop.advance(Duration.ofSeconds(19));
        assertThat(network.calls).hasSize(1);
        loop.advance(Duration.ofSeconds(3));
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void shouldTellWhenTheControllerIsOutOfReach() {
        line.start(() -> held);
        while (loop.now().compareTo(ControlLine.OUT_OF_REACH) < 0) {
            assertThat(events).isEmpty();
            failToConnect();
        }
        assertThat(events).containsExactly("out of reach");
    }

    @Test
    void shouldCountTheReachFromTheLossOfTheLine() {
        line.start(() -> held);
        loop.advance(Duration.ofSeconds(20));
        network.call().welcome(loop);
        network.call().drop(loop, "gone");
        loop.advance(ControlLine.OUT_OF_REACH.minusSeconds(1));
        assertThat(events).containsExactly("welcomed");
        loop.advance(Duration.ofSeconds(1));
        assertThat(events).containsExactly("welcomed", "out of reach");
    }

    @Test
    void shouldSayWhichLeaseIsHeldWhenItDials() {
        line.start(() -> held);
        assertThat(network.call().welcome(loop).heldLease()).isEmpty();
        held = Optional.of(LEASE);
        network.call().drop(loop, "gone");
        loop.advance(CAP);
        assertThat(network.call().welcome(loop).heldLease()).contains(LEASE);
    }

    @Test
    void shouldNotDialAfterARefusalUntilTold() {
        line.start(() -> held);
        network.call().challenge(loop);
        network.call().say(loop, new ControllerMessage.Refused(1));
        loop.advance(CAP);
        assertThat(events).containsExactly("refused");
        assertThat(network.calls).hasSize(1);
        line.dialAfter(Duration.ofSeconds(5));
        loop.advance(Duration.ofSeconds(5));
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void shouldStayClosed() {
        line.start(() -> held);
        network.call().welcome(loop);
        line.close(() -> events.add("closed"));
        network.call().drop(loop, "good-bye");
        loop.advance(Duration.ofHours(1));
        assertThat(events).containsExactly("welcomed", "closed");
        assertThat(network.calls).hasSize(1);
    }

    @Test
    void shouldCloseBetweenTwoAttempts() {
        line.start(() -> held);
        network.call().drop(loop, "Connection refused");
        line.close(() -> events.add("closed"));
        loop.advance(Duration.ofHours(1));
        assertThat(events).containsExactly("closed");
        assertThat(network.calls).hasSize(1);
    }

    /** The connection fails, and the next one is dialled: after a wait of at most the cap. */
    private void failToConnect() {
        int calls = network.calls.size();
        Duration deadline = loop.now().plus(CAP);
        network.call().drop(loop, "Connection refused");
        while (network.calls.size() == calls) {
            assertThat(loop.now()).isLessThanOrEqualTo(deadline);
            loop.advance(Duration.ofSeconds(1));
        }
    }
}
