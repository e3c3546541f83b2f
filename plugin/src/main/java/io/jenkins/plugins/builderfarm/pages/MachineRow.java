package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.coordinator.history.Drained;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One machine of the reverse pool, as pages and their JSON show it. What it isn't known of is null. */
@ExportedBean(defaultVisibility = 9)
public final class MachineRow {
    private static final double GIB = 1L << 30;

    @Exported
    public final String hostType;

    @Exported
    public final String hostname;

    @Exported
    public final String state;

    /** When it came into the state, ISO 8601. */
    @Exported
    public final String since;

    @Exported
    public final boolean connected;

    @Exported
    public final String buildlet;

    @Exported
    public final String stage0;

    @Exported
    public final String os;

    @Exported
    public final String arch;

    @Exported
    public final Integer cpus;

    /** In bytes; 0 if the machine can't tell. */
    @Exported
    public final Long memory;

    /** Free bytes where it works; 0 if the machine can't tell. */
    @Exported
    public final Long disk;

    @Exported
    public final String java;

    /** When it was booted, by its own clock, ISO 8601. */
    @Exported
    public final String boot;

    /** The name of its lease and of its node. */
    @Exported
    public final String lease;

    /** The generation of the builder key that it proved; null if it isn't connected. */
    @Exported
    public final Integer keyGeneration;

    /** When another machine last claimed its name, ISO 8601. */
    @Exported
    public final String duplicate;

    @Exported
    public final List<String> notes;

    /** Why it is set aside. */
    @Exported
    public final List<String> reasons;

    /** By whom and why it gets no work, {@code drained by ada: new disk}; null unless drained. */
    @Exported
    public final String drained;

    /** Whether it isn't let in, whatever key it has. */
    @Exported
    public final boolean denied;

    /** Whether it is one of the only ones that are let in. */
    @Exported
    public final boolean pinned;

    @Exported
    public final String lastSeen;

    @Exported
    public final long builds;

    @Exported
    public final long failures;

    /** Null for who may not see the system's settings. */
    @Exported
    public final String address;

    MachineRow(MachineView view, boolean withAddress, ListedMachines listed) {
        Optional<Facts> facts = view.facts();
        hostType = view.id().hostType().value();
        hostname = view.id().hostname().value();
        state = view.state().name();
        since = view.since().toString();
        connected = view.connected();
        buildlet = facts.map(Facts::buildlet).map(Version::value).orElse(null);
        stage0 = facts.flatMap(Facts::stage0).map(Version::value).orElse(null);
        os = facts.map(Facts::os).orElse(null);
        arch = facts.map(Facts::arch).orElse(null);
        cpus = facts.map(Facts::cpus).orElse(null);
        memory = facts.map(Facts::memory).orElse(null);
        disk = facts.map(Facts::disk).orElse(null);
        java = facts.map(Facts::java).orElse(null);
        boot = facts.flatMap(Facts::boot).map(Instant::toString).orElse(null);
        lease = view.lease().map(LeaseId::value).orElse(null);
        keyGeneration = view.generation() == 0 ? null : view.generation();
        duplicate = view.duplicate().map(Instant::toString).orElse(null);
        notes = view.notes();
        reasons = view.reasons();
        drained = view.record().drained().map(Drained::reason).orElse(null);
        denied = listed.isDenied(view.id());
        pinned = listed.isPinned(view.id());
        lastSeen = view.record().lastSeen().toString();
        builds = view.record().builds();
        failures = view.record().failures();
        address = withAddress && !view.address().isEmpty() ? view.address() : null;
    }

    /** For views: {@code set aside}. */
    public String getStateName() {
        return state.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** For views: the colour that stands for the state, by Jenkins's names. */
    public String getStateColor() {
        return switch (state) {
            case "IDLE", "SPARE" -> "success";
            case "BUSY", "RESERVED", "STARTING", "RELEASING" -> "accent";
            case "SET_ASIDE" -> "warning";
            case "MISSING" -> "error";
            default -> "text-secondary";
        };
    }

    /** For views. */
    public String getSinceAgo() {
        return Times.ago(since);
    }

    /** For views: {@code Linux riscv64, 4 CPUs, 15.6 GiB}. */
    public String getSystem() {
        if (os == null) {
            return "";
        }
        return Stream.of(
                        os + " " + arch,
                        cpus + (cpus == 1 ? " CPU" : " CPUs"),
                        memory == 0 ? "" : String.format(Locale.ROOT, "%.1f GiB", memory / GIB))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
