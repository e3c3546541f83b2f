package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.slaves.ComputerListener;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.farm.FarmListener;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;

/** Carries news between machines, their agents, the matcher and the queue. */
@Extension
public final class FarmWatch extends ComputerListener implements FarmListener {
    /** Items that wait because no machine was free are looked at again, and buildable ones get it at once. */
    @Override
    public void machineReady(HostTypeName hostType) {
        LeaseMatcher.get().wake();
        Queue.getInstance().scheduleMaintenance();
    }

    @Override
    public void preOnline(Computer computer, Channel channel, FilePath root, TaskListener listener) {
        if (computer instanceof LeasedComputer leased) {
            leased.makeTemporaryDirectory(root);
        }
    }

    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        if (computer instanceof LeasedComputer leased) {
            Farm.get().coordinator().agentOnline(leased.leaseId());
        }
    }

    @Override
    public void onOffline(Computer computer, OfflineCause cause) {
        if (computer instanceof LeasedComputer leased) {
            Farm.get().coordinator().agentOffline(leased.leaseId());
        }
    }
}
