package io.jenkins.plugins.builderfarm.conduct;

import io.jenkins.plugins.builderfarm.cloud.MachineUse;
import io.jenkins.plugins.builderfarm.config.Builder;
import java.io.Serializable;

/** One machine that a build had, and what is known of how that ended. Kept with the build. Immutable. */
final class UsedMachine implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final String hostType;
    private final String machine;
    /** Empty if the build asked for the host type alone. */
    private final String builder;
    /** Why the machine vanished while the build had it; empty if it didn't. */
    private final String vanished;

    private UsedMachine(String node, String hostType, String machine, String builder, String vanished) {
        this.node = node;
        this.hostType = hostType;
        this.machine = machine;
        this.builder = builder;
        this.vanished = vanished;
    }

    static UsedMachine of(MachineUse use) {
        return new UsedMachine(
                use.node(),
                use.hostType(),
                use.machine(),
                use.builder().map(Builder::getName).orElse(""),
                "");
    }

    UsedMachine vanished(String why) {
        return new UsedMachine(node, hostType, machine, builder, why);
    }

    String node() {
        return node;
    }

    String builder() {
        return builder;
    }

    boolean hasVanished() {
        return !vanished.isEmpty();
    }

    String whyVanished() {
        return vanished;
    }

    /** For people. */
    @Override
    public String toString() {
        return "machine " + machine + " of " + hostType;
    }
}
