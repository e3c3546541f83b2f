package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.coordinator.view.Health;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How one host type of the reverse pool does, as pages and their JSON show it. */
@ExportedBean(defaultVisibility = 9)
public final class PoolCounts {
    private static final int MOST_NAMES = 10;

    @Exported
    public final int expected;

    @Exported
    public final int connected;

    @Exported
    public final int idle;

    @Exported
    public final int spare;

    /** Machines with a lease: spares, busy ones, and those that are on their way there. */
    @Exported
    public final int leased;

    @Exported
    public final int busy;

    @Exported
    public final int setAside;

    @Exported
    public final int missing;

    @Exported
    public final int duplicates;

    /** When a machine was last connected, ISO 8601; null if there never was one. */
    @Exported
    public final String lastSeen;

    /** {@code OK}, {@code WARNING} or {@code ERROR}. */
    @Exported
    public final String health;

    /** What is wrong and who to ask; empty if nothing is. */
    @Exported
    public final String problem;

    /** The machines that are expected by name and are not connected. */
    @Exported
    public final List<String> missingMachines;

    PoolCounts(HostTypeView view, List<String> missingMachines) {
        this.missingMachines = List.copyOf(missingMachines);
        expected = view.settings().expected();
        connected = view.connected();
        idle = view.count(MachineState.IDLE);
        spare = view.count(MachineState.SPARE);
        leased = view.leased();
        busy = view.count(MachineState.BUSY);
        setAside = view.count(MachineState.SET_ASIDE);
        missing = view.missing();
        duplicates = view.duplicates();
        lastSeen = view.lastSeen().map(Instant::toString).orElse(null);
        boolean onlyNames = view.health() == Health.OK && !missingMachines.isEmpty();
        health = (onlyNames ? Health.WARNING : view.health()).name();
        problem = onlyNames ? "Expected machines are missing" + askOwner(view) : view.problem();
    }

    /** The pool doesn't know the host type yet. */
    PoolCounts(int expected, List<String> missingMachines) {
        this.missingMachines = List.copyOf(missingMachines);
        this.expected = expected;
        connected = 0;
        idle = 0;
        spare = 0;
        leased = 0;
        busy = 0;
        setAside = 0;
        missing = 0;
        duplicates = 0;
        lastSeen = null;
        health = Health.OK.name();
        problem = "";
    }

    private static String askOwner(HostTypeView view) {
        return view.settings().owner().isEmpty()
                ? ""
                : "; ask " + view.settings().owner();
    }

    /** For views: the names of those that are missing, not more than a line of them. */
    public String getMissingNames() {
        String names = missingMachines.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        int more = missingMachines.size() - MOST_NAMES;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    /** For views. */
    public String getLastSeenAgo() {
        return Times.ago(lastSeen);
    }
}
