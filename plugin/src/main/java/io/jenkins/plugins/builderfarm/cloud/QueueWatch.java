package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;

/** Wakes the matcher, or Jenkins's provisioner, when an item begins or ceases to wait. Called with the queue's lock held. */
@Extension
public final class QueueWatch extends QueueListener {
    @Override
    public void onEnterBuildable(Queue.BuildableItem item) {
        if (!Want.asked(item).isEmpty()) {
            LeaseMatcher.get().wake();
        }
        if (CloudWait.isFor(item.getAssignedLabel())) {
            CloudProvisioning.suggest(item.getAssignedLabel());
        }
    }

    /** Taken or cancelled: a spare to be replaced, or a lease that nobody waits for any more. */
    @Override
    public void onLeft(Queue.LeftItem item) {
        if (!Want.asked(item).isEmpty()) {
            LeaseMatcher.get().wake();
        }
    }
}
