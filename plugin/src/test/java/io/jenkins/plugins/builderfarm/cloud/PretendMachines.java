package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.TopLevelItem;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.testbed.machine.MemoryLink;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedFacts;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;

/** A farm in the test's own Jenkins whose machines speak the protocol, without a socket, and run no agent. */
public final class PretendMachines {
    public static final HostTypeName HOST_TYPE = new HostTypeName("host-linux-test");
    public static final String BUILDER = "linux-test-race";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    private PretendMachines() {}

    public static void configure(int spares) {
        ReversePool pool = new ReversePool();
        pool.setSpares(spares);
        HostType hostType = new HostType(HOST_TYPE.value(), pool);
        hostType.setPlatform("linux-riscv64");
        BuilderFarmConfiguration.get().setHostTypes(List.of(hostType));
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("**"));
        BuilderFarmConfiguration.get().setBuilders(List.of(new Builder(BUILDER, HOST_TYPE.value())));
    }

    /** A machine that waits for a lease when this returns, and does not come back by itself. */
    public static SimulatedMachine dial(String hostname) {
        return dial(hostname, BuilderKey.derive(BuilderKeys.get().masterKey(), HOST_TYPE, BuilderKey.FIRST_GENERATION));
    }

    /** As {@link #dial(String)}, with a key of the test's choice; it may be refused. */
    public static SimulatedMachine dial(String hostname, BuilderKey key) {
        SimulatedMachine machine = new SimulatedMachine(
                new MachineId(HOST_TYPE, new Hostname(hostname)),
                key,
                ControllerUrl.parse(Jenkins.get().getRootUrl()),
                SimulatedFacts.of(new Version("1.0")),
                RANDOM);
        new MemoryLink(machine).connect(Farm.get().coordinator());
        return machine;
    }

    /** No job, no node, no machine and no configuration: as a fresh Jenkins, but for what machines' history keeps. */
    public static void forgetAll() throws Exception {
        Jenkins jenkins = Jenkins.get();
        jenkins.getQueue().clear();
        for (TopLevelItem job : jenkins.getItems()) {
            job.delete();
        }
        BuilderFarmConfiguration.get().setHostTypes(List.of());
        BuilderFarmConfiguration.get().setBuilders(List.of());
        await(() -> {
            for (LeasedNode node : nodes()) {
                jenkins.removeNode(node);
            }
            return nodes().isEmpty()
                    && Farm.get().snapshot().machines().stream()
                            .allMatch(machine -> machine.state() == MachineState.MISSING);
        });
    }

    public static int count(MachineState state) {
        return Farm.get().coordinator().hostType(HOST_TYPE).orElseThrow().count(state);
    }

    static List<LeasedNode> nodes() {
        return Jenkins.get().getNodes().stream()
                .filter(LeasedNode.class::isInstance)
                .map(LeasedNode.class::cast)
                .toList();
    }

    public static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
