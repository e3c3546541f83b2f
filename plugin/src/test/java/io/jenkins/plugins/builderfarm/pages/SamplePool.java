package io.jenkins.plugins.builderfarm.pages;

import hudson.ExtensionList;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.view.Health;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.farm.PoolSource;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pool with one machine in each interesting state, where a test needs to know all of it. */
public final class SamplePool implements PoolSource {
    public static final HostTypeName MIPS = new HostTypeName("host-linux-mips64-rtrk");
    public static final HostTypeName RISCV = new HostTypeName("host-linux-riscv64-unmatched");
    static final String ADDRESS = "198.51.100.7";
    static final String LEASE = "host-linux-mips64-rtrk-7f3k9m2q";
    static final String REFUSED_ADDRESS = "203.0.113.9";

    private final Instant now = Instant.now();

    /** Takes the place of the farm's own pool. */
    public static void install() {
        ExtensionList<PoolSource> sources = ExtensionList.lookup(PoolSource.class);
        List.copyOf(sources).forEach(sources::remove);
        sources.add(new SamplePool());
    }

    /** Puts the farm's own pool back. */
    static void uninstall() {
        ExtensionList<PoolSource> sources = ExtensionList.lookup(PoolSource.class);
        if (sources.get(SamplePool.class) != null) {
            List.copyOf(sources).forEach(sources::remove);
            sources.add(Farm.get());
        }
    }

    @Override
    public PoolView snapshot() {
        return new PoolView(
                now,
                List.of(
                        hostType(
                                MIPS,
                                5,
                                Map.of(MachineState.IDLE, 1, MachineState.BUSY, 1, MachineState.SET_ASIDE, 1),
                                Health.ERROR,
                                "2 of 5 machines of host-linux-mips64-rtrk are missing; ask Ada <ada@example.org>."),
                        hostType(RISCV, 1, Map.of(MachineState.MISSING, 1), Health.WARNING, "1 machine is missing.")),
                List.of(
                        machine(MIPS, "board1", MachineState.IDLE, Optional.empty(), List.of(), List.of()),
                        machine(
                                MIPS,
                                "board2",
                                MachineState.BUSY,
                                Optional.of(new LeaseId(LEASE)),
                                List.of(),
                                List.of("release 1.4 left after 3 failed starts, runs 1.3 instead")),
                        machine(
                                MIPS,
                                "board3",
                                MachineState.SET_ASIDE,
                                Optional.empty(),
                                List.of("the work directory /srv/build has 12 MB left, <1 GB> is needed"),
                                List.of()),
                        missing()));
    }

    @Override
    public List<Refusal> refusals() {
        return List.of(new Refusal(
                now.minus(Duration.ofMinutes(3)),
                REFUSED_ADDRESS,
                "host-linux-mips64-rtrk/board9",
                Refusal.Reason.WRONG_KEY,
                "the proof doesn't fit generation 1 of the builder key"));
    }

    private HostTypeView hostType(
            HostTypeName name, int expected, Map<MachineState, Integer> counts, Health health, String problem) {
        int known = counts.values().stream().mapToInt(Integer::intValue).sum();
        int connected = known - counts.getOrDefault(MachineState.MISSING, 0);
        return new HostTypeView(
                HostTypeSettings.of(name).withExpected(expected),
                counts,
                connected,
                expected - connected,
                0,
                Optional.of(now.minus(Duration.ofHours(5))),
                health,
                problem);
    }

    private MachineView machine(
            HostTypeName type,
            String hostname,
            MachineState state,
            Optional<LeaseId> lease,
            List<String> reasons,
            List<String> notes) {
        MachineId id = new MachineId(type, new Hostname(hostname));
        return new MachineView(
                id,
                state,
                now.minus(Duration.ofMinutes(20)),
                true,
                ADDRESS,
                Optional.of(facts()),
                lease,
                1,
                Optional.empty(),
                notes,
                reasons,
                new MachineRecord(id, now.minus(Duration.ofDays(90)), now, 1234, 5, List.of()));
    }

    private MachineView missing() {
        MachineId id = new MachineId(RISCV, new Hostname("unmatched"));
        return new MachineView(
                id,
                MachineState.MISSING,
                now.minus(Duration.ofHours(5)),
                false,
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                new MachineRecord(id, now.minus(Duration.ofDays(90)), now.minus(Duration.ofHours(5)), 9, 0, List.of()));
    }

    private Facts facts() {
        return new Facts(
                "Linux",
                "mips64",
                1,
                512L << 20,
                20L << 30,
                "17.0.15",
                new Version("1.3"),
                Optional.of(new Version("1.0")),
                Optional.of(now.minus(Duration.ofDays(2))),
                "/srv/build");
    }
}
