package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.model.TaskListener;
import hudson.slaves.AbstractCloudComputer;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;

/** The live side of a {@link LeasedNode}. */
public final class LeasedComputer extends AbstractCloudComputer<LeasedNode> {
    private final LeaseId lease;

    LeasedComputer(LeasedNode node) {
        super(node);
        lease = node.leaseId();
    }

    /** Known even when the node is gone. */
    LeaseId leaseId() {
        return lease;
    }

    /** What Freestyle builds and Pipeline's {@code node} alike begin their environment with. */
    @Override
    public EnvVars buildEnvironment(TaskListener listener) throws IOException, InterruptedException {
        EnvVars env = super.buildEnvironment(listener);
        LeasedNode node = getNode();
        if (node != null) {
            env.overrideAll(LeaseEnvironment.of(node));
        }
        return env;
    }

    /** The one way out that takes no notice of how: deleted by hand, by us, or vanished from the disk at a reload. */
    @Override
    protected void onRemoved() {
        LeaseEndings.nodeGone(lease);
        super.onRemoved();
    }
}
