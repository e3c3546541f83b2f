package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machines of one host type that are connected or leased, counted by state. Guarded by the farm's lock. */
final class Roster {
    private final Map<Hostname, Machine> machines = new HashMap<>();
    private final int[] counts = new int[MachineState.values().length];
    private long scans;

    final IdleQueue idle = new IdleQueue();
    HostTypeSettings settings;

    /** Whether the configuration names the host type; if not, it stays for the leases that are left. */
    boolean configured;

    int connected;
    int duplicates;

    /** Machines that may have to be sent for another buildlet, and those that were, until they are back. */
    final Deque<Machine> candidates = new ArrayDeque<>();

    final Map<Hostname, Timer> updating = new HashMap<>();

    /** Machines that were sent for another buildlet not long ago. */
    final Map<Hostname, Timer> leftAlone = new HashMap<>();

    Roster(HostTypeSettings settings) {
        this.settings = settings;
    }

    HostTypeName name() {
        return settings.name();
    }

    /** Null if it is neither connected nor leased. */
    Machine get(Hostname hostname) {
        return machines.get(hostname);
    }

    void add(Machine machine) {
        if (machines.put(machine.hostname(), machine) != null) {
            throw new IllegalStateException(machine + " is there twice");
        }
        count(machine.state, 1);
    }

    void remove(Machine machine) {
        if (!machines.remove(machine.hostname(), machine)) {
            throw new IllegalStateException(machine + " is not there");
        }
        idle.remove(machine);
        count(machine.state, -1);
    }

    void move(Machine machine, MachineState state) {
        count(machine.state, -1);
        machine.state = state;
        count(state, 1);
    }

    private void count(MachineState state, int change) {
        counts[state.ordinal()] += change;
    }

    int count(MachineState state) {
        return counts[state.ordinal()];
    }

    int size() {
        return machines.size();
    }

    boolean isEmpty() {
        return machines.isEmpty();
    }

    /** A copy of all; only for what concerns every machine. */
    List<Machine> all() {
        scans++;
        return new ArrayList<>(machines.values());
    }

    /** How often all machines were gone through: a measure of work, for tests. */
    long scans() {
        return scans;
    }
}
