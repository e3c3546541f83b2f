package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Node;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.CloudProvisioningListener;
import hudson.slaves.NodeProvisioner;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import java.util.OptionalInt;

/** Gives a node of another cloud as many executors as its host type says, before Jenkins knows the node. */
@Extension
public final class CloudExecutors extends CloudProvisioningListener {
    @Override
    public void onComplete(NodeProvisioner.PlannedNode plannedNode, Node node) {
        if (node instanceof AbstractCloudSlave slave && !(node instanceof LeasedNode)) {
            executors(slave).ifPresent(slave::setNumExecutors);
        }
    }

    /** Of several host types that the node may serve, the first that says a number. */
    private static OptionalInt executors(Node node) {
        return ExistingCloudLabels.hostTypes(node).stream()
                .map(hostType -> (ExistingCloud) hostType.getSource())
                .mapToInt(ExistingCloud::getExecutors)
                .filter(executors -> executors > 0)
                .findFirst();
    }
}
