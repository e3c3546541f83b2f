package io.jenkins.plugins.builderfarm.trust;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;

/** Knows the jobs that the farm made. */
public interface OwnJobs extends ExtensionPoint {
    /** Called with the queue's lock held. */
    boolean made(Job<?, ?> job);

    static boolean anyMade(Job<?, ?> job) {
        return ExtensionList.lookup(OwnJobs.class).stream().anyMatch(jobs -> jobs.made(job));
    }
}
