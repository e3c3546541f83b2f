package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Run;
import java.util.Optional;

/**
 * What a build follows from counts for it too: a build that an unreviewed one triggered may be handed its files, and one
 * that was replayed, or restarted from a stage, runs what the original ran or has what that left.
 */
@Extension
public final class Ancestry implements CodeReview {
    @Override
    public Optional<Opinion> of(Subject subject) {
        return subject.causes().stream()
                .flatMap(cause -> of(subject, cause).stream())
                .reduce(Opinion::or);
    }

    private static Optional<Opinion> of(Subject subject, Cause cause) {
        if (cause instanceof Cause.UpstreamCause upstream) {
            return upstream(subject, upstream);
        }
        PipelineCauses.Again again = PipelineCauses.again(cause);
        return again == null ? Optional.empty() : Optional.of(again(subject, again));
    }

    /** Only what is known to be unreviewed is passed on: whose builds nobody vouches for may trigger reviewed ones. */
    private static Optional<Opinion> upstream(Subject subject, Cause.UpstreamCause cause) {
        Run<?, ?> run = cause.getUpstreamRun();
        if (run == null) {
            return Optional.of(Opinion.doubt(
                    cause.getUpstreamProject() + " #" + cause.getUpstreamBuild() + ", which triggered it, is gone"));
        }
        Opinion opinion = Opinions.of(subject.following(run));
        return opinion.review() == Review.UNREVIEWED
                ? Optional.of(Opinion.unreviewed(run.getFullDisplayName() + " triggered it: " + opinion.reason()))
                : Optional.empty();
    }

    private static Opinion again(Subject subject, PipelineCauses.Again again) {
        if (again.changed() && Starter.of(subject).filter(Starter::vouches).isEmpty()) {
            return Opinion.unreviewed(Starter.of(subject).map(Starter::user).orElse("somebody")
                    + " replayed it and may have changed its script");
        }
        Job<?, ?> job = subject.job().orElse(null);
        Run<?, ?> original = job == null ? null : job.getBuildByNumber(again.original());
        if (original == null || subject.run().filter(original::equals).isPresent()) {
            return Opinion.doubt("build #" + again.original() + ", which it repeats, is gone");
        }
        Opinion opinion = Opinions.of(subject.following(original));
        if (opinion.review() == Review.REVIEWED && !ReviewedAtStart.isMarked(original)) {
            return Opinion.doubt(
                    "build #" + again.original() + ", which it repeats, didn't count as reviewed when it began");
        }
        return new Opinion(opinion.review(), "it repeats #" + again.original() + ": " + opinion.reason());
    }

    static boolean isReviewed(Subject subject, Cause.UpstreamCause cause) {
        Run<?, ?> run = cause.getUpstreamRun();
        return run != null && Opinions.of(subject.following(run)).review() == Review.REVIEWED;
    }
}
