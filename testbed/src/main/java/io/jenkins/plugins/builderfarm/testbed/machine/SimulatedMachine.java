package io.jenkins.plugins.builderfarm.testbed.machine;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * A machine as the controller sees it: proves its key, answers health checks, accepts every lease and gives it back when
 * told, but runs no agent. Has one connection at a time, over any {@link Line}. Thread-safe.
 */
public final class SimulatedMachine {
    /** Where the machine stands with the controller. */
    public enum State {
        /** No connection. */
        AWAY,
        /** Connected, not yet welcomed. */
        PROVING,
        WAITING,
        LEASED,
        /** Turned away; see {@link #retryMillis}. */
        REFUSED,
        /** Sent away, or its lease is over: it is to dial again. */
        DONE
    }

    private final MachineId id;
    private final BuilderKey key;
    private final ControllerUrl controller;
    private final Facts facts;
    private final SecureRandom random;

    // All below: guarded by this.
    private Line line = Line.NONE;
    private State state = State.AWAY;
    private Handshake handshake;
    private LeaseId lease;
    private long retryMillis;

    public SimulatedMachine(MachineId id, BuilderKey key, ControllerUrl controller, Facts facts, SecureRandom random) {
        this.id = id;
        this.key = key;
        this.controller = controller;
        this.facts = facts;
        this.random = random;
    }

    public MachineId id() {
        return id;
    }

    public synchronized State state() {
        return state;
    }

    /** How long the controller asked a refused machine to wait, in milliseconds. */
    public synchronized long retryMillis() {
        return retryMillis;
    }

    /** The lease that the machine works on. */
    public synchronized Optional<LeaseId> lease() {
        return Optional.ofNullable(lease);
    }

    /** A connection stands; the controller speaks first. */
    public synchronized void opened(Line newLine) {
        line = newLine;
        state = State.PROVING;
    }

    /** The connection is gone. A lease is kept and named at the next hello, as a real machine's agent goes on. */
    public synchronized void closed() {
        line = Line.NONE;
        if (state == State.PROVING || state == State.WAITING || state == State.LEASED) {
            state = State.AWAY;
        }
    }

    /**
     * A message from the controller.
     *
     * @throws ProtocolException if it is no message, or the controller does not prove that it holds the key
     */
    public synchronized void received(String text) throws ProtocolException {
        ControllerMessage message = Messages.fromController(text);
        if (message instanceof ControllerMessage.Challenge challenge) {
            hello(challenge.nonce());
        } else if (message instanceof ControllerMessage.Welcome welcome) {
            welcomed(welcome);
        } else if (message instanceof ControllerMessage.Refused refused) {
            retryMillis = refused.retryMillis();
            leave(State.REFUSED);
        } else if (message instanceof ControllerMessage.HealthCheck check) {
            send(new MachineMessage.Health(check.sequence(), facts.disk(), facts.memory(), 0));
        } else if (message instanceof ControllerMessage.Lease offered) {
            lease = offered.lease();
            state = State.LEASED;
            send(new MachineMessage.LeaseAccepted(lease));
        } else if (message instanceof ControllerMessage.Release release) {
            send(new MachineMessage.Released(release.lease(), Optional.empty()));
            lease = null;
            leave(State.DONE);
        } else if (message instanceof ControllerMessage.Drain drain) {
            send(new MachineMessage.Goodbye("drained: " + drain.reason().wire()));
            leave(State.DONE);
        }
    }

    private void hello(Nonce controllerNonce) {
        Nonce nonce = Nonce.random(random);
        Optional<LeaseId> held = Optional.ofNullable(lease);
        handshake = new Handshake(
                controllerNonce,
                nonce,
                id,
                key.generation(),
                controller,
                held.map(LeaseId::value).orElse(""));
        send(new MachineMessage.Hello(
                Limits.PROTOCOL_VERSION,
                id,
                key.generation(),
                controller,
                nonce,
                handshake.machineProof(key),
                held,
                facts,
                List.of()));
    }

    private void welcomed(ControllerMessage.Welcome welcome) throws ProtocolException {
        if (handshake == null || !handshake.isControllerProof(key, welcome.proof())) {
            leave(State.AWAY);
            throw new ProtocolException("the controller does not hold the key of " + id);
        }
        handshake = null;
        if (lease == null) {
            state = State.WAITING;
            send(new MachineMessage.Ready());
        } else {
            state = State.LEASED;
        }
    }

    private void leave(State how) {
        state = how;
        line.close();
    }

    private void send(MachineMessage message) {
        line.send(message.encode());
    }
}
