package io.jenkins.plugins.builderfarm.trust;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import java.util.Optional;

/** Knows the jobs that the farm made. */
public interface OwnJobs extends ExtensionPoint {
    /** Called with the queue's lock held. */
    boolean made(Job<?, ?> job);

    /** The builder for which the farm made the job; nothing if it didn't. */
    Optional<String> builderOf(Job<?, ?> job);

    /** The same, whoever knows. */
    static Optional<String> builder(Job<?, ?> job) {
        return ExtensionList.lookup(OwnJobs.class).stream()
                .flatMap(jobs -> jobs.builderOf(job).stream())
                .findFirst();
    }

    static boolean anyMade(Job<?, ?> job) {
        return ExtensionList.lookup(OwnJobs.class).stream().anyMatch(jobs -> jobs.made(job));
    }
}
