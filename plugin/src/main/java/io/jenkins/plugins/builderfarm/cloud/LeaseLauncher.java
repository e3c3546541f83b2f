package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.slaves.ComputerLauncher;
import hudson.slaves.DelegatingComputerLauncher;
import hudson.slaves.JNLPLauncher;
import org.jenkinsci.Symbol;

/**
 * The machine starts the agent, which dials in over a WebSocket. Apart from {@link JNLPLauncher} because that one's page
 * shows the agent's secret and how to start it by hand.
 */
public final class LeaseLauncher extends DelegatingComputerLauncher {
    LeaseLauncher() {
        super(inbound());
    }

    private static JNLPLauncher inbound() {
        JNLPLauncher launcher = new JNLPLauncher();
        launcher.setWebSocket(true);
        return launcher;
    }

    /** Nobody but the machine can start it. */
    @Override
    public boolean isLaunchSupported() {
        return false;
    }

    /** Not offered to people. */
    @Extension
    @Symbol("leasedMachine")
    public static final class DescriptorImpl extends Descriptor<ComputerLauncher> {
        @Override
        public String getDisplayName() {
            return "Started by the leased machine itself";
        }
    }
}
