package io.jenkins.plugins.builderfarm.cloud;

import com.google.common.collect.MapMaker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Label;
import hudson.model.Node;
import hudson.slaves.Cloud;
import hudson.slaves.CloudProvisioningListener;
import hudson.slaves.NodeProvisioner.PlannedNode;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Follows what other clouds make from the order to the node, which then gets its {@link CloudOrigin} before Jenkins knows
 * it. Thread-safe.
 */
@Extension(ordinal = 100) // before those that ask of which host type a node is
public final class CloudNodes extends CloudProvisioningListener {
    private static final Logger LOGGER = Logger.getLogger(CloudNodes.class.getName());

    /** By identity: what clouds plan may have an equality of its own. */
    private final ConcurrentMap<PlannedNode, Order> planned =
            new MapMaker().weakKeys().makeMap();

    /** @param hostType for which the farm ordered it; null if Jenkins did, for a label of the cloud's own */
    private record Order(String cloud, @CheckForNull HostType hostType) {}

    static CloudNodes get() {
        return ExtensionList.lookupSingleton(CloudNodes.class);
    }

    /** The cloud took the farm's order. */
    void ordered(Cloud cloud, HostType hostType, Collection<PlannedNode> nodes) {
        nodes.forEach(node -> planned.put(node, new Order(cloud.name, hostType)));
    }

    @Override
    public void onStarted(Cloud cloud, Label label, Collection<PlannedNode> plannedNodes) {
        if (!(cloud instanceof ReversePoolCloud)) {
            plannedNodes.forEach(node -> planned.putIfAbsent(node, new Order(cloud.name, null)));
        }
    }

    @Override
    public void onComplete(PlannedNode plannedNode, Node node) {
        Order order = planned.get(plannedNode);
        if (order != null && isOfTheFarm(order.cloud())) {
            try {
                node.getNodeProperties().replace(new CloudOrigin(order.cloud()));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Node " + node.getNodeName() + " does not know its cloud");
            }
        }
    }

    @Override
    public void onFailure(PlannedNode plannedNode, Throwable t) {
        failed(plannedNode);
    }

    @Override
    public void onRollback(@NonNull PlannedNode plannedNode, @NonNull Node node, @NonNull Throwable t) {
        failed(plannedNode);
    }

    private void failed(PlannedNode plannedNode) {
        Order order = planned.get(plannedNode);
        HostType hostType = order == null ? null : order.hostType();
        if (hostType != null) {
            CloudTroubles.get().add(hostType, CloudTroubles.Kind.FAILED);
        }
    }

    private static boolean isOfTheFarm(String cloud) {
        return BuilderFarmConfiguration.get().getHostTypes().stream()
                .anyMatch(type -> type.getSource() instanceof ExistingCloud source
                        && source.getCloud().equals(cloud));
    }
}
