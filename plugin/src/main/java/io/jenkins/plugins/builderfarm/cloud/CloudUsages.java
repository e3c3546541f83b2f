package io.jenkins.plugins.builderfarm.cloud;

import com.google.common.collect.MapMaker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.Node;
import hudson.model.Queue;
import java.util.concurrent.ConcurrentMap;

/**
 * What the executors of other clouds' nodes run for the farm. Looked up when a task is taken: a Pipeline's asks for the node
 * by its name from then on. Thread-safe.
 */
@Extension
public final class CloudUsages implements ExecutorListener {
    private final ConcurrentMap<Executor, Usage> usages =
            new MapMaker().weakKeys().makeMap();

    static CloudUsages get() {
        return ExtensionList.lookupSingleton(CloudUsages.class);
    }

    @Override
    public void taskAccepted(Executor executor, Queue.Task task) {
        Node node = executor.getOwner().getNode();
        if (node != null && node.getNodeProperties().get(CloudOrigin.class) != null) {
            usages.put(executor, Usage.of(executor, task));
        }
    }

    /** Null if its task was taken before Jenkins started. */
    @CheckForNull
    Usage of(Executor executor) {
        return usages.get(executor);
    }
}
