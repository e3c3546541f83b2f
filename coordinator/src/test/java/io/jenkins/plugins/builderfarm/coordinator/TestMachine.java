package io.jenkins.plugins.builderfarm.coordinator;

import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A machine that speaks the protocol, with each part of what it says open to tests. */
final class TestMachine implements Connection {
    private final Farm farm;
    private final MachineId id;

    /** What it says in its hello. */
    int version = Limits.PROTOCOL_VERSION;

    int generation = 1;
    BuilderKey key;
    ControllerUrl controller = Farm.URL;
    Version buildlet = new Version("1.0");
    Optional<LeaseId> heldLease = Optional.empty();
    String address = "192.0.2.7";

    /** Whether it answers health checks. */
    volatile boolean alive = true;

    final List<ControllerMessage> received = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    Session session;
    private int answered;

    TestMachine(Farm farm, MachineId id) {
        this.farm = farm;
        this.id = id;
        this.key = BuilderKey.derive(Farm.MASTER, id.hostType(), 1);
    }

    MachineId id() {
        return id;
    }

    /** Opens a connection and stays silent. */
    void connect() {
        received.clear();
        closed.clear();
        answered = 0;
        Ticket ticket = farm.coordinator.tryUpgrade(address).orElseThrow();
        session = farm.coordinator.open(ticket, this);
    }

    /** Opens a connection and says hello. */
    void dial() {
        connect();
        session.received(hello().encode());
    }

    Hello hello() {
        ControllerMessage.Challenge challenge = last(ControllerMessage.Challenge.class);
        Nonce nonce = Nonce.random(farm.random);
        Handshake handshake = new Handshake(
                challenge.nonce(),
                nonce,
                id,
                generation,
                controller,
                heldLease.map(LeaseId::value).orElse(""));
        Facts facts = new Facts(
                "Linux",
                "mips64",
                4,
                1L << 30,
                1L << 34,
                "17.0.12",
                buildlet,
                Optional.of(new Version("1.1")),
                Optional.empty(),
                "/home/builder/work");
        return new Hello(
                version, id, generation, controller, nonce, handshake.machineProof(key), heldLease, facts, List.of());
    }

    void say(MachineMessage message) {
        session.received(message.encode());
    }

    void ready() {
        say(new MachineMessage.Ready());
    }

    /** The machine or its network is gone. */
    void drop() {
        session.closed("dropped by the test");
    }

    /** Answers the health checks that came since the last call. */
    void answer() {
        while (alive && answered < received.size()) {
            if (received.get(answered++) instanceof ControllerMessage.HealthCheck check) {
                say(new MachineMessage.Health(check.sequence(), 0, 0, -1));
            }
        }
    }

    <T extends ControllerMessage> T last(Class<T> type) {
        return find(type).orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " in " + received));
    }

    <T extends ControllerMessage> Optional<T> find(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).reduce((first, second) -> second);
    }

    boolean isIn() {
        return find(ControllerMessage.Welcome.class).isPresent() && closed.isEmpty();
    }

    @Override
    public void send(String json) {
        try {
            received.add(Messages.fromController(json));
        } catch (ProtocolException e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public void close(String reason) {
        closed.add(reason);
    }
}
