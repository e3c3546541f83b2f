package io.jenkins.plugins.builderfarm.buildlet.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.support.ManualLoop;
import io.jenkins.plugins.builderfarm.buildlet.support.TestNetwork;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final LeaseId LEASE = new LeaseId("host-linux-test-7f3k9m2q");

    private final ManualLoop loop = new ManualLoop();
    private final TestNetwork network = new TestNetwork();
    private final List<String> events = new ArrayList<>();
    private final Link link = link(Optional.empty());

    private Link link(Optional<LeaseId> held) {
        return new Link(loop, network, TestNetwork.introduction(), held, new Link.Listener() {
            @Override
            public void welcomed(ControllerMessage.Welcome welcome) {
                events.add("welcomed");
            }

            @Override
            public void received(ControllerMessage message) {
                events.add("received " + message.type());
            }

            @Override
            public void refused(Duration retry) {
                events.add("refused for " + retry.toMillis());
            }

            @Override
            public void ended(String reason, Optional<Duration> retryAfter) {
                events.add("ended: " + reason);
            }
        });
    }

    @Test
    void shouldDialTheControllersAddress() {
        assertThat(network.call().address).hasToString("wss://farm.example/reverse");
    }

    @Test
    void shouldBeUpAfterTheHandshake() {
        network.call().welcome(loop);
        assertThat(events).containsExactly("welcomed");
        assertThat(link.isUp()).isTrue();
    }

    @Test
    void shouldSendNothingBeforeTheControllerProvedItself() {
        link.send(new MachineMessage.Ready());
        network.call().challenge(loop);
        link.send(new MachineMessage.Ready());
        assertThat(network.call().isSilent()).isTrue();
    }

    @Test
    void shouldProveTheLeaseThatItHolds() {
        link(Optional.of(LEASE));
        assertThat(network.call().welcome(loop).heldLease()).contains(LEASE);
        assertThat(events).containsExactly("welcomed");
    }

    @Test
    void shouldNotBelieveAControllerWithAnotherKey() {
        BuilderKey other = BuilderKey.derive(MasterKey.of(new byte[] {1}), TestNetwork.KEY.hostType(), 1);
        MachineMessage.Hello hello = network.call().challenge(loop);
        network.call().say(loop, network.call().welcome(hello, other, Duration.ofSeconds(60)));
        network.call().say(loop, new ControllerMessage.Lease(LEASE, "x"));
        assertThat(events).singleElement().asString().startsWith("ended: it did not prove");
        assertThat(network.call().aborted).isTrue();
    }

    @Test
    void shouldNotBelieveAProofOfAnotherConnection() {
        MachineMessage.Hello hello = network.call().challenge(loop);
        ControllerMessage.Welcome recorded = network.call().welcome(hello, TestNetwork.KEY, Duration.ofSeconds(60));
        link(Optional.empty());
        network.call().challenge(loop);
        network.call().say(loop, recorded);
        assertThat(events).singleElement().asString().startsWith("ended: it did not prove");
    }

    @Test
    void shouldTellOfARefusal() {
        network.call().challenge(loop);
        network.call().say(loop, new ControllerMessage.Refused(1_500));
        assertThat(events).containsExactly("refused for 1500");
    }

    @Test
    void shouldEndWithoutAHandshakeInTime() {
        loop.advance(Link.HANDSHAKE_TIMEOUT.minusMillis(1));
        assertThat(events).isEmpty();
        loop.advance(Duration.ofMillis(1));
        assertThat(events).singleElement().asString().startsWith("ended: no handshake");
    }

    @Test
    void shouldEndAfterSilence() {
        MachineMessage.Hello hello = network.call().challenge(loop);
        network.call().say(loop, network.call().welcome(hello, TestNetwork.KEY, Duration.ofSeconds(25)));
        loop.advance(Duration.ofSeconds(20));
        network.call().say(loop, new ControllerMessage.HealthCheck(1));
        loop.advance(Duration.ofSeconds(20));
        assertThat(events).containsExactly("welcomed", "received healthCheck");
        loop.advance(Duration.ofSeconds(5));
        assertThat(events).last().isEqualTo("ended: nothing heard for 25000 ms");
    }

    @Test
    void shouldEndWhenItIsSpokenToOutOfTurn() {
        network.call().say(loop, new ControllerMessage.HealthCheck(1));
        assertThat(events).singleElement().asString().contains("'healthCheck' instead of a challenge");
    }

    @Test
    void shouldEndWhenTheProtocolIsTooNew() {
        network.call().say(loop, new ControllerMessage.Challenge(2, 3, Nonce.random(new SecureRandom())));
        assertThat(events).singleElement().asString().contains("versions 2 to 3");
        assertThat(network.call().isSilent()).isTrue();
    }

    @Test
    void shouldEndWhenItIsFlooded() {
        network.call().welcome(loop);
        for (int i = 0; i < 1_000; i++) {
            network.call().receiver.received(new ControllerMessage.HealthCheck(i).encode());
        }
        loop.settle();
        assertThat(events).last().isEqualTo("ended: it sends more than can be read");
        assertThat(events).hasSizeLessThan(100);
    }

    @Test
    void shouldEndOnce() {
        network.call().drop(loop, "first");
        network.call().drop(loop, "second");
        loop.advance(Duration.ofMinutes(1));
        assertThat(events).containsExactly("ended: first");
    }

    @Test
    void shouldWaitForTheOtherSideWhenItCloses() {
        network.call().welcome(loop);
        link.close(Duration.ofSeconds(5));
        assertThat(network.call().closing).isTrue();
        loop.advance(Duration.ofSeconds(5));
        assertThat(events).last().isEqualTo("ended: closed");
        assertThat(network.call().aborted).isTrue();
    }
}
