package io.jenkins.plugins.builderfarm.conduct;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The farm's machines that a build had, in the order in which it took them. Kept with the build. Thread-safe. */
public final class UsedMachines extends InvisibleAction {
    /** Replaced as a whole and never changed, since a build may be saved at any time. ArrayList, which is kept plainly. */
    private volatile List<UsedMachine> machines = new ArrayList<>();

    /** Whether the build took a machine after another one had vanished under it. */
    private volatile boolean wentOn;

    UsedMachines() {}

    /** Those of a build that has had some. */
    static Optional<UsedMachines> of(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(UsedMachines.class));
    }

    List<UsedMachine> machines() {
        return List.copyOf(machines);
    }

    /** The builders that the build asked for. */
    Set<String> builders() {
        Set<String> names = new TreeSet<>();
        machines.stream()
                .map(UsedMachine::builder)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** @return whether it is news: after a restart of Jenkins a Pipeline takes its machine again */
    synchronized boolean add(UsedMachine machine) {
        if (machines.stream().anyMatch(known -> known.node().equals(machine.node()))) {
            return false;
        }
        wentOn |= anyVanished();
        List<UsedMachine> more = new ArrayList<>(machines);
        more.add(machine);
        machines = more;
        return true;
    }

    /** The first reason counts. */
    synchronized void vanished(String node, String why) {
        List<UsedMachine> marked = new ArrayList<>(machines);
        marked.replaceAll(
                machine -> machine.node().equals(node) && !machine.hasVanished() ? machine.vanished(why) : machine);
        machines = marked;
    }

    boolean anyVanished() {
        return machines.stream().anyMatch(UsedMachine::hasVanished);
    }

    boolean wentOn() {
        return wentOn;
    }

    /** For builds that are read back. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Run.XSTREAM2.alias("builder-farm-used-machines", UsedMachines.class);
        Run.XSTREAM2.alias("builder-farm-used-machine", UsedMachine.class);
    }
}
