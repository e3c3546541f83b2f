package io.jenkins.plugins.builderfarm.cloud;

import hudson.ExtensionPoint;
import hudson.model.Run;

/** Told when a machine vanishes under a build. */
public interface LossListener extends ExtensionPoint {
    /**
     * Before the node goes, so that whatever the build does because of that comes later. On any thread, with no lock of the
     * farm's held, and perhaps more than once for one machine.
     *
     * @param node the node's name
     * @param why for people
     */
    void lost(Run<?, ?> build, String node, String why);
}
