package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.testbed.controller.MemoryHistory;
import io.jenkins.plugins.builderfarm.testbed.controller.RecordedEvents;
import io.jenkins.plugins.builderfarm.testbed.machine.MemoryLink;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedFacts;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A coordinator and its machines in one process, with no socket between them and a clock that is moved by hand. */
final class Pool implements AutoCloseable {
    static final HostTypeName HOST_TYPE = new HostTypeName("host-bench");
    private static final ControllerUrl URL = ControllerUrl.parse("http://127.0.0.1:8080/");
    private static final MasterKey MASTER = MasterKey.of("bench".getBytes(StandardCharsets.UTF_8));
    private static final AgentJar AGENT = new AgentJar("jnlpJars/agent.jar", Sha256.of(new byte[0]), 1);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final Coordinator coordinator = new Coordinator(
            new Ports(
                    MASTER,
                    clock,
                    new SecureRandom(),
                    new RecordedEvents(),
                    new MemoryHistory(),
                    ReleaseFeed.NONE,
                    () -> AGENT),
            Timings.DEFAULT,
            Bounds.DEFAULT);
    private final List<MemoryLink> links = new ArrayList<>();
    private final Map<MachineId, SimulatedMachine> machines = new HashMap<>();

    /** Machines that have not dialled yet. */
    Pool(int size) {
        coordinator.configure(
                FarmSettings.of(List.of(HostTypeSettings.of(HOST_TYPE).withExpected(size)), Set.of(URL)));
        BuilderKey key = BuilderKey.derive(MASTER, HOST_TYPE, BuilderKey.FIRST_GENERATION);
        Facts facts = SimulatedFacts.of(new Version("1.0"));
        SecureRandom random = new SecureRandom();
        for (int number = 1; number <= size; number++) {
            MachineId id = new MachineId(HOST_TYPE, new Hostname("machine-" + number));
            SimulatedMachine machine = new SimulatedMachine(id, key, URL, facts, random);
            machines.put(id, machine);
            links.add(new MemoryLink(machine));
        }
    }

    /** Every machine dials in; each dial is one sample. */
    void admitAll(Samples samples) {
        for (MemoryLink link : links) {
            samples.time(() -> link.connect(coordinator));
        }
        int idle = coordinator.hostType(HOST_TYPE).orElseThrow().count(MachineState.IDLE);
        if (idle != links.size()) {
            throw new IllegalStateException(idle + " of " + links.size() + " machines are idle: "
                    + coordinator.refusals().stream().limit(1).toList());
        }
    }

    /** From "a build wants a machine" to the machine's acceptance of the lease. */
    Lease lease() {
        Lease lease = coordinator.reserve(HOST_TYPE).orElseThrow();
        if (!coordinator.start(lease.id(), "secret")) {
            throw new IllegalStateException("lease " + lease.id() + " was lost");
        }
        return lease;
    }

    /** What a build does to its lease. */
    void build(LeaseId lease) {
        coordinator.agentOnline(lease);
        coordinator.used(lease);
        coordinator.release(lease);
    }

    /** The machine of an ended lease dials in again. */
    void comeBack(MachineId machine) {
        new MemoryLink(machines.get(machine)).connect(coordinator);
    }

    /** A second passes; health checks that are due are asked and answered. */
    void tick() {
        clock.advance(TICK);
        coordinator.tick();
    }

    void look() {
        coordinator.hostType(HOST_TYPE).orElseThrow();
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
