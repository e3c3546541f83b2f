package io.jenkins.plugins.builderfarm.coordinator;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A coordinator with all that it needs, of a test. Its time moves when the test says so. */
final class Farm {
    static final HostTypeName MIPS = new HostTypeName("host-linux-mips64");
    static final HostTypeName RISCV = new HostTypeName("host-linux-riscv64");
    static final ControllerUrl URL = ControllerUrl.parse("https://ci.example.org/");
    static final MasterKey MASTER = MasterKey.of("the master key of tests".getBytes(StandardCharsets.UTF_8));
    static final AgentJar AGENT = new AgentJar("jnlpJars/agent.jar", Sha256.of(new byte[] {1}), 1);

    final FakeClock clock = new FakeClock();
    final MemoryStore store = new MemoryStore();
    final Bounds bounds;
    final SecureRandom random;
    Happenings happenings;
    Coordinator coordinator;
    volatile Optional<Manifest> manifest = Optional.empty();
    private final Map<HostTypeName, HostTypeSettings> hostTypes = new TreeMap<>();
    private final List<TestMachine> machines = new ArrayList<>();

    Farm() {
        this(Bounds.DEFAULT);
    }

    Farm(Bounds bounds) {
        this(bounds, new SecureRandom());
    }

    Farm(Bounds bounds, SecureRandom random) {
        this.bounds = bounds;
        this.random = random;
        hostTypes.put(MIPS, HostTypeSettings.of(MIPS));
        hostTypes.put(RISCV, HostTypeSettings.of(RISCV));
        create();
        configure();
    }

    /** As after the controller's start: not configured yet. */
    void create() {
        happenings = new Happenings();
        Ports ports = new Ports(MASTER, clock, random, happenings, store, () -> manifest, () -> AGENT);
        coordinator = new Coordinator(ports, Timings.DEFAULT, bounds);
    }

    void configure(HostTypeSettings... changed) {
        for (HostTypeSettings hostType : changed) {
            hostTypes.put(hostType.name(), hostType);
        }
        coordinator.configure(new FarmSettings(hostTypes, Set.of(URL)));
    }

    void unconfigure(HostTypeName hostType) {
        hostTypes.remove(hostType);
        configure();
    }

    HostTypeSettings settings(HostTypeName hostType) {
        return hostTypes.get(hostType);
    }

    /** A machine that answers health checks by itself, and has not dialled yet. */
    TestMachine machine(HostTypeName hostType, String hostname) {
        TestMachine machine = new TestMachine(this, MachineId.parse(hostType + "/" + hostname));
        machines.add(machine);
        return machine;
    }

    /** A machine that waits for a lease. */
    TestMachine idle(HostTypeName hostType, String hostname) {
        TestMachine machine = machine(hostType, hostname);
        machine.dial();
        machine.ready();
        return machine;
    }

    /** Lets time go by second by second; machines answer health checks as they come. */
    void pass(Duration duration) {
        for (long i = 0; i < duration.toSeconds(); i++) {
            clock.move(Duration.ofSeconds(1));
            coordinator.tick();
            List.copyOf(machines).forEach(TestMachine::answer);
        }
    }

    Lease lease(HostTypeName hostType) {
        Lease lease = coordinator.reserve(hostType).orElseThrow();
        coordinator.start(lease.id(), "secret");
        return lease;
    }

    Optional<MachineView> find(MachineId id) {
        return coordinator.snapshot().machines().stream()
                .filter(machine -> machine.id().equals(id))
                .findFirst();
    }

    MachineState state(TestMachine machine) {
        return find(machine.id()).orElseThrow().state();
    }

    Refusal lastRefusal() {
        return coordinator.refusals().get(0);
    }
}
