package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.LoadStatistics.LoadStatisticsSnapshot;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.slaves.Cloud;
import hudson.slaves.CloudProvisioningListener;
import hudson.slaves.NodeProvisioner;
import hudson.slaves.NodeProvisioner.PlannedNode;
import hudson.slaves.NodeProvisioner.StrategyDecision;
import hudson.slaves.NodeProvisioner.StrategyState;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import jenkins.model.Jenkins;

/**
 * Orders what other clouds are to make for the farm by what waits at this moment. Jenkins's own strategy goes by averages
 * over minutes, which would never add up: an item that waits because its cloud is full is out of them for a while.
 */
@Extension(ordinal = 100)
public final class CloudProvisioning extends NodeProvisioner.Strategy {
    /** To be asked for the label soon: Jenkins looks every ten seconds otherwise. May be called with any lock held. */
    static void suggest(Label label) {
        Computer.threadPoolForRemoting.execute(() -> {
            // An item shows up in the list only when the maintenance that announced it lets go of the lock.
            Queue.runWithLock(() -> {});
            label.nodeProvisioner.suggestReviewNow();
        });
    }

    @Override
    public StrategyDecision apply(StrategyState state) {
        Label label = state.getLabel();
        Cloud farm = Jenkins.get().clouds.get(ReversePoolCloud.class);
        if (farm == null || !CloudWait.isFor(label)) {
            return StrategyDecision.CONSULT_REMAINING_STRATEGIES;
        }
        LoadStatisticsSnapshot now = state.getSnapshot();
        int coming = now.getConnectingExecutors() + state.getPlannedCapacitySnapshot();
        int missing =
                now.getQueueLength() - now.getAvailableExecutors() - coming - state.getAdditionalPlannedCapacity();
        if (missing > 0) {
            Collection<PlannedNode> planned =
                    farm.provision(new Cloud.CloudState(label, state.getAdditionalPlannedCapacity()), missing);
            for (CloudProvisioningListener listener : CloudProvisioningListener.all()) {
                listener.onStarted(farm, label, planned);
            }
            state.recordPendingLaunches(planned);
            planned.forEach(node -> addOnceMade(node, label));
            missing -= planned.stream().mapToInt(node -> node.numExecutors).sum();
        }
        return missing > 0 ? StrategyDecision.CONSULT_REMAINING_STRATEGIES : StrategyDecision.PROVISIONING_COMPLETED;
    }

    /** Jenkins adds what is made when it looks the next time, which may be ten seconds later. */
    private static void addOnceMade(PlannedNode node, Label label) {
        if (node.future instanceof CompletableFuture<Node> making) {
            making.whenComplete((made, failure) -> label.nodeProvisioner.suggestReviewNow());
        }
    }
}
