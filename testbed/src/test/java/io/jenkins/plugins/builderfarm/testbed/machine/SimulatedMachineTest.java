package io.jenkins.plugins.builderfarm.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class SimulatedMachineTest {

    private static final HostTypeName HOST_TYPE = new HostTypeName("host-a");
    private static final ControllerUrl URL = ControllerUrl.parse("http://127.0.0.1:1/");
    private static final LeaseId LEASE = new LeaseId("host-a-7f3k9m2q");

    private final BuilderKey key = BuilderKey.derive(MasterKey.of(new byte[] {1}), HOST_TYPE, 1);
    private final Nonce nonce = Nonce.random(new SecureRandom());
    private final Deque<MachineMessage> sent = new ArrayDeque<>();
    private boolean closed;
    private final SimulatedMachine machine = new SimulatedMachine(
            new MachineId(HOST_TYPE, new Hostname("one")),
            key,
            URL,
            SimulatedFacts.of(new Version("1.0")),
            new SecureRandom());

    @Test
    void shouldProveItsKeyAndBeReady() throws ProtocolException {
        welcome();
        assertThat(sent.removeLast()).isInstanceOf(MachineMessage.Ready.class);
        assertThat(machine.state()).isEqualTo(SimulatedMachine.State.WAITING);
    }

    @Test
    void shouldBelieveNoControllerWithoutTheKey() throws ProtocolException {
        MachineMessage.Hello hello = hello();
        byte[] proof = hello.proof(); // its own, sent back
        assertThatThrownBy(() -> receive(new ControllerMessage.Welcome(1, proof, agent(), 60_000)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the controller does not hold the key of host-a/one");
        assertThat(closed).isTrue();
    }

    @Test
    void shouldAnswerHealthChecks() throws ProtocolException {
        welcome();
        receive(new ControllerMessage.HealthCheck(17));
        assertThat(sent.removeLast())
                .isInstanceOfSatisfying(MachineMessage.Health.class, health -> assertThat(health.sequence())
                        .isEqualTo(17));
    }

    @Test
    void shouldNameTheLeaseThatItHoldsWhenItComesBack() throws ProtocolException {
        welcome();
        receive(new ControllerMessage.Lease(LEASE, "secret"));
        assertThat(sent.removeLast()).isEqualTo(new MachineMessage.LeaseAccepted(LEASE));
        machine.closed();
        assertThat(hello().heldLease()).contains(LEASE);
    }

    @Test
    void shouldLeaveAfterItsRelease() throws ProtocolException {
        welcome();
        receive(new ControllerMessage.Lease(LEASE, "secret"));
        receive(new ControllerMessage.Release(LEASE, false));
        assertThat(sent.removeLast()).isInstanceOf(MachineMessage.Released.class);
        assertThat(closed).isTrue();
        machine.closed();
        assertThat(machine.state()).isEqualTo(SimulatedMachine.State.DONE);
        assertThat(hello().heldLease()).isEmpty();
    }

    @Test
    void shouldLeaveWhenRefusedOrDrained() throws ProtocolException {
        hello();
        receive(new ControllerMessage.Refused(5000));
        assertThat(machine.state()).isEqualTo(SimulatedMachine.State.REFUSED);
        assertThat(machine.retryMillis()).isEqualTo(5000);
        machine.closed();
        welcome();
        receive(new ControllerMessage.Drain(DrainReason.NEWER_BUILDLET, ""));
        assertThat(sent.removeLast()).isInstanceOf(MachineMessage.Goodbye.class);
        assertThat(machine.state()).isEqualTo(SimulatedMachine.State.DONE);
    }

    private void welcome() throws ProtocolException {
        MachineMessage.Hello hello = hello();
        Handshake handshake = hello.handshake(nonce, URL);
        assertThat(handshake.isMachineProof(key, hello.proof())).isTrue();
        receive(new ControllerMessage.Welcome(1, handshake.controllerProof(key), agent(), 60_000));
    }

    private MachineMessage.Hello hello() throws ProtocolException {
        machine.opened(new Line() {
            @Override
            public void send(String text) {
                try {
                    sent.add(Messages.fromMachine(text));
                } catch (ProtocolException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void close() {
                closed = true;
            }
        });
        receive(new ControllerMessage.Challenge(1, 1, nonce));
        return (MachineMessage.Hello) sent.removeLast();
    }

    private void receive(ControllerMessage message) throws ProtocolException {
        machine.received(message.encode());
    }

    private static AgentJar agent() {
        return new AgentJar("jnlpJars/agent.jar", Sha256.of(new byte[0]), 1);
    }
}
