package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.model.labels.LabelAtom;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.CloudProvisioningListener;
import hudson.slaves.NodeProvisioner;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.OptionalInt;
import java.util.Set;

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
    private static OptionalInt executors(Slave node) {
        Set<LabelAtom> own = Label.parse(node.getLabelString());
        return BuilderFarmConfiguration.get().getHostTypes().stream()
                .map(HostType::getSource)
                .filter(ExistingCloud.class::isInstance)
                .map(ExistingCloud.class::cast)
                .filter(source -> source.getExecutors() > 0)
                .filter(source -> Label.parseExpression(source.getLabel()).matches(own))
                .mapToInt(ExistingCloud::getExecutors)
                .findFirst();
    }
}
