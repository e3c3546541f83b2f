package io.jenkins.plugins.builderfarm.jobs;

import hudson.Extension;
import hudson.model.Job;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.trust.CodeReview;
import io.jenkins.plugins.builderfarm.trust.ConfiguredBy;
import io.jenkins.plugins.builderfarm.trust.Opinion;
import io.jenkins.plugins.builderfarm.trust.OwnJobs;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.Optional;

/** The farm's own jobs: an administrator vouches for what their templates do. */
@Extension
public final class OwnReview implements CodeReview, OwnJobs {
    @Override
    public boolean made(Job<?, ?> job) {
        return mark(job).isPresent();
    }

    @Override
    public Optional<String> builderOf(Job<?, ?> job) {
        return mark(job).map(mark -> mark.owner().builder());
    }

    private static Optional<FarmJob> mark(Job<?, ?> job) {
        return Optional.ofNullable(job.getProperty(FarmJob.class)).filter(mark -> mark.isGenuine(job.getFullName()));
    }

    @Override
    public Optional<Opinion> of(Subject subject) {
        return subject.job().flatMap(job -> mark(job).map(mark -> of(job, mark)));
    }

    private static Opinion of(Job<?, ?> job, FarmJob mark) {
        String name = mark.owner().builder();
        String outsider = ConfiguredBy.outsider(job);
        if (outsider != null) {
            return Opinion.doubt("job " + job.getFullName() + " was changed by " + outsider
                    + " after the farm made it, who may not administer the farm");
        }
        return BuilderFarmConfiguration.get()
                        .builder(name)
                        .filter(Builder::isTryOnly)
                        .isPresent()
                ? Opinion.unreviewed("builder " + name + " is for changes under review only")
                : Opinion.reviewed("the farm made job " + job.getFullName());
    }
}
