package io.jenkins.plugins.builderfarm.cloud;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.builderfarm.farm.Farm;
import jenkins.model.Jenkins;

/** Tells the farm, before it lets machines in, which leases outlived the restart: those whose nodes were read back. */
public final class Survivors {
    private Survivors() {}

    /** Jobs are loaded first, so that a Pipeline that goes on finds its node before anything can take it away. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, before = InitMilestone.COMPLETED)
    public static void expect() {
        Farm.get()
                .open(Jenkins.get().getNodes().stream()
                        .filter(LeasedNode.class::isInstance)
                        .map(node -> ((LeasedNode) node).expected())
                        .toList());
        LeaseMatcher.get().wake();
    }
}
