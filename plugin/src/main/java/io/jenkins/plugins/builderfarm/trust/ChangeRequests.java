package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.model.Job;
import io.jenkins.plugins.builderfarm.config.OptionalPlugin;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;

/** Change requests of multibranch projects, if the plugin that knows them is there. */
@Extension
public final class ChangeRequests implements CodeReview {
    @Override
    public Optional<Opinion> of(Subject subject) {
        return subject.job().filter(job -> OptionalPlugin.isActive("scm-api")).flatMap(Loaded::of);
    }

    /** Apart, so that the other plugin's classes are only linked where they are there. */
    private static final class Loaded {
        static Optional<Opinion> of(Job<?, ?> job) {
            return SCMHead.HeadByItem.findHead(job) instanceof ChangeRequestSCMHead change
                    ? Optional.of(
                            Opinion.unreviewed("job " + job.getFullName() + " builds change request " + change.getId()))
                    : Optional.empty();
        }
    }
}
