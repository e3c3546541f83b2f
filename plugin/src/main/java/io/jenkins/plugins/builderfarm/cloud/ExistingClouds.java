package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Label;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;

/** The host types whose machines another cloud of this Jenkins makes, under its own label. Stateless. */
final class ExistingClouds {
    private ExistingClouds() {}

    /** Whether some other cloud can be asked for what the label asks for. */
    static boolean serve(Label label) {
        return !orders(label, 0).isEmpty();
    }

    /** Passes the order on to the first cloud that takes it. */
    static Collection<PlannedNode> provision(Cloud.CloudState state, int excessWorkload) {
        for (Order order : orders(state.getLabel(), state.getAdditionalPlannedCapacity())) {
            Collection<PlannedNode> planned = order.cloud().provision(order.state(), excessWorkload);
            if (!planned.isEmpty()) {
                return planned;
            }
        }
        return List.of();
    }

    /** Whether some other cloud can be asked for a machine of one of the host types. */
    static boolean serve(Collection<HostType> hostTypes) {
        return !orders(hostTypes, 0).isEmpty();
    }

    private record Order(Cloud cloud, Cloud.CloudState state) {}

    private static List<Order> orders(Label label, int planned) {
        return orders(FarmLabels.get().hostTypes(label), planned);
    }

    private static List<Order> orders(Collection<HostType> hostTypes, int planned) {
        List<Order> orders = new ArrayList<>();
        for (HostType hostType : hostTypes) {
            if (!hostType.isDisabled() && hostType.getSource() instanceof ExistingCloud source) {
                Cloud cloud = Jenkins.get().getCloud(source.getCloud());
                Cloud.CloudState state = new Cloud.CloudState(Label.get(source.getLabel()), planned);
                if (cloud != null && !(cloud instanceof ReversePoolCloud) && cloud.canProvision(state)) {
                    orders.add(new Order(cloud, state));
                }
            }
        }
        return orders;
    }
}
