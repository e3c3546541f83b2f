package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.slaves.Cloud;
import hudson.slaves.CloudProvisioningListener;
import hudson.slaves.NodeProvisioner.PlannedNode;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The host types whose machines another cloud of this Jenkins makes, under its own label. Stateless. */
final class ExistingClouds {
    private static final Logger LOGGER = Logger.getLogger(ExistingClouds.class.getName());

    private ExistingClouds() {}

    /** Whether some other cloud can be asked for what the label asks for. */
    static boolean serve(Label label) {
        return serve(FarmLabels.get().hostTypes(label));
    }

    /** Whether some other cloud can be asked for a machine of one of the host types. */
    static boolean serve(Collection<HostType> hostTypes) {
        return !orders(hostTypes, 0).isEmpty();
    }

    /**
     * Passes the order on, in the configuration's order of host types, until there is enough. Nothing is ordered of a host
     * type that nobody who waits may use. A cloud that is full or fails is passed over, and left alone for a while.
     */
    static Collection<PlannedNode> provision(Cloud.CloudState state, int excessWorkload) {
        List<PlannedNode> planned = new ArrayList<>();
        int missing = excessWorkload;
        for (Order order : orders(CloudDemand.hostTypes(state.getLabel()), state.getAdditionalPlannedCapacity())) {
            if (missing > 0 && CloudTroubles.get().of(order.hostType()).isEmpty()) {
                Collection<PlannedNode> more = order.place(missing);
                planned.addAll(more);
                missing -= more.stream().mapToInt(node -> node.numExecutors).sum();
            }
        }
        return planned;
    }

    private record Order(HostType hostType, Cloud cloud, Cloud.CloudState state) {
        Collection<PlannedNode> place(int workload) {
            CloudTroubles troubles = CloudTroubles.get();
            // Jenkins asked these about the farm's cloud, not about the one that is meant.
            for (CloudProvisioningListener listener : CloudProvisioningListener.all()) {
                if (listener.canProvision(cloud, state, workload) != null) {
                    troubles.add(hostType, CloudTroubles.Kind.HELD_BACK);
                    return List.of();
                }
            }
            Collection<PlannedNode> planned;
            try {
                planned = cloud.provision(state, workload);
            } catch (RuntimeException | LinkageError e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "Cloud " + cloud.name + " failed to take an order for " + hostType.getName());
                troubles.add(hostType, CloudTroubles.Kind.FAILED);
                return List.of();
            }
            if (planned.isEmpty()) {
                troubles.add(hostType, CloudTroubles.Kind.FULL);
            } else {
                troubles.clear(hostType);
                CloudNodes.get().ordered(cloud, hostType, planned);
            }
            return planned;
        }
    }

    private static List<Order> orders(Collection<HostType> hostTypes, int planned) {
        List<Order> orders = new ArrayList<>();
        for (HostType hostType : hostTypes) {
            if (!hostType.isDisabled() && hostType.getSource() instanceof ExistingCloud source) {
                Cloud cloud = find(source);
                Cloud.CloudState state = new Cloud.CloudState(Label.get(source.getLabel()), planned);
                if (cloud != null && canProvision(cloud, state)) {
                    orders.add(new Order(hostType, cloud, state));
                }
            }
        }
        return orders;
    }

    /** Null if there is none of that name; the farm's own doesn't count. */
    @CheckForNull
    static Cloud find(ExistingCloud source) {
        Cloud cloud = Jenkins.get().getCloud(source.getCloud());
        return cloud instanceof ReversePoolCloud ? null : cloud;
    }

    /** A cloud that fails here must not keep the others, nor the queue, from going on. */
    static boolean canProvision(Cloud cloud, Cloud.CloudState state) {
        try {
            return cloud.canProvision(state);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "Cloud " + cloud.name + " can't say what it serves");
            return false;
        }
    }
}
