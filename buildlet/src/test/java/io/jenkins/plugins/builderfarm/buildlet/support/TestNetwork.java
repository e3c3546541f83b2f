package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.buildlet.control.Connection;
import io.jenkins.plugins.builderfarm.buildlet.control.Dialer;
import io.jenkins.plugins.builderfarm.buildlet.control.Introduction;
import io.jenkins.plugins.builderfarm.buildlet.control.Receiver;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Connections without a network; the controller at their other end is the test. */
public final class TestNetwork implements Dialer {
    public static final BuilderKey KEY = BuildletProcess.key();
    public static final ControllerUrl CONTROLLER = ControllerUrl.parse("https://farm.example/");
    public static final AgentJar AGENT = new AgentJar("jnlpJars/agent.jar", Sha256.of(new byte[] {1}), 1);
    private static final Facts FACTS = new Facts(
            "Linux", "riscv64", 4, 1, 1, "17", new Version("1.0"), Optional.empty(), Optional.empty(), "/work");

    /** In the order in which they were dialled. */
    public final List<Call> calls = new ArrayList<>();

    public static Introduction introduction() {
        MachineId machine = new MachineId(KEY.hostType(), new Hostname("board3"));
        return new Introduction(CONTROLLER, machine, KEY, new SecureRandom(), () -> FACTS, List.of());
    }

    @Override
    public Call dial(URI address, Receiver receiver) {
        Call call = new Call(address, receiver);
        calls.add(call);
        return call;
    }

    /** The latest one. */
    public Call call() {
        return calls.get(calls.size() - 1);
    }

    /** One connection. */
    public static final class Call implements Connection {
        public final URI address;
        public final Receiver receiver;
        private final Deque<String> sent = new ArrayDeque<>();
        public boolean closing;
        public boolean aborted;

        Call(URI address, Receiver receiver) {
            this.address = address;
            this.receiver = receiver;
        }

        @Override
        public void send(String text) {
            sent.add(text);
        }

        @Override
        public void close() {
            closing = true;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        public boolean isSilent() {
            return sent.isEmpty();
        }

        /** The next thing that the machine said. */
        public MachineMessage next() {
            try {
                return Messages.fromMachine(sent.remove());
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
        }

        public void say(ManualLoop loop, ControllerMessage message) {
            receiver.received(message.encode());
            loop.settle();
        }

        public void drop(ManualLoop loop, String reason) {
            receiver.closed(reason, Optional.empty());
            loop.settle();
        }

        public void drop(ManualLoop loop, String reason, Duration retryAfter) {
            receiver.closed(reason, Optional.of(retryAfter));
            loop.settle();
        }

        /** Challenge and hello. */
        public MachineMessage.Hello challenge(ManualLoop loop) {
            say(loop, new ControllerMessage.Challenge(1, 1, nonce));
            return (MachineMessage.Hello) next();
        }

        private final Nonce nonce = Nonce.random(new SecureRandom());

        /** The whole handshake. */
        public MachineMessage.Hello welcome(ManualLoop loop) {
            MachineMessage.Hello hello = challenge(loop);
            say(loop, welcome(hello, KEY, Duration.ofSeconds(60)));
            return hello;
        }

        public ControllerMessage.Welcome welcome(MachineMessage.Hello hello, BuilderKey key, Duration silence) {
            Handshake handshake = hello.handshake(nonce, CONTROLLER);
            if (!handshake.isMachineProof(KEY, hello.proof())) {
                throw new AssertionError("the machine's proof is wrong");
            }
            return new ControllerMessage.Welcome(1, handshake.controllerProof(key), AGENT, silence.toMillis());
        }
    }
}
