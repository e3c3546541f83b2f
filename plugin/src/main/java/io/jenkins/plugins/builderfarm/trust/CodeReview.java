package io.jenkins.plugins.builderfarm.trust;

import hudson.ExtensionPoint;
import java.util.Optional;

/**
 * Knows of some builds whether their code was reviewed. Other plugins may add theirs; what counts in the end is in
 * {@link Opinions}.
 */
public interface CodeReview extends ExtensionPoint {
    /**
     * Called with the queue's lock held, again and again for every waiting item: looks things up, never waits, writes,
     * or asks another machine. What it throws counts as a doubt.
     *
     * @return nothing if it has nothing to say of that build
     */
    Optional<Opinion> of(Subject subject);
}
