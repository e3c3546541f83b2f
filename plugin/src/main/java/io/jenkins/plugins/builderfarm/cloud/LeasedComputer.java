package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.slaves.AbstractCloudComputer;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The live side of a {@link LeasedNode}. */
public final class LeasedComputer extends AbstractCloudComputer<LeasedNode> {
    private final LeaseId lease;
    private final Optional<TemporaryDirectory> temporary;

    /** When the temporary directory is there; a build waits for it, an agent that comes online doesn't. */
    private volatile Future<?> temporaryMade = CompletableFuture.completedFuture(null);

    LeasedComputer(LeasedNode node) {
        super(node);
        lease = node.leaseId();
        temporary = TemporaryDirectory.in(node.getRemoteFS());
    }

    /** Known even when the node is gone. */
    LeaseId leaseId() {
        return lease;
    }

    /** Whether there is no connection to its agent any more, and nobody asked for that. */
    boolean isBroken() {
        Channel channel = getChannel();
        OfflineCause cause = getOfflineCause();
        // What waits for an answer hears that the channel is closing before the cause is known.
        return (channel == null || channel.isClosingOrClosed())
                && (cause == null || cause instanceof OfflineCause.ChannelTermination);
    }

    /** Its agent is about to be online. */
    void makeTemporaryDirectory(FilePath workDirectory) {
        if (temporary.isPresent()) {
            temporaryMade = threadPoolForRemoting.submit(() -> {
                workDirectory.child(TemporaryDirectory.NAME).mkdirs();
                return null;
            });
        }
    }

    /** What Freestyle builds and Pipeline's {@code node} alike begin their environment with. */
    @Override
    public EnvVars buildEnvironment(TaskListener listener) throws IOException, InterruptedException {
        EnvVars env = super.buildEnvironment(listener);
        LeasedNode node = getNode();
        if (node != null) {
            env.overrideAll(LeaseEnvironment.of(node));
            temporary.ifPresent(directory -> directory.variables().forEach(env::putIfAbsent));
            awaitTemporaryDirectory();
        }
        return env;
    }

    private void awaitTemporaryDirectory() throws IOException, InterruptedException {
        try {
            temporaryMade.get();
        } catch (ExecutionException e) {
            throw new IOException("no directory for temporary files could be made on " + getName(), e.getCause());
        }
    }

    /** The one way out that takes no notice of how: deleted by hand, by us, or vanished from the disk at a reload. */
    @Override
    protected void onRemoved() {
        LeaseEndings.nodeGone(lease);
        super.onRemoved();
    }
}
