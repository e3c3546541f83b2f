package io.jenkins.plugins.builderfarm.trust;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Trust;
import io.jenkins.plugins.builderfarm.config.Use;

/**
 * The one rule of what may run on a host type's machines: the job may ask for them, and its build is known to run
 * reviewed code where nothing else may. Stateless; may be asked with the queue's lock held.
 */
public final class Gate {
    private Gate() {}

    /** @return why not, a sentence without its dot; null if it may */
    @CheckForNull
    public static String refusal(HostType hostType, Subject subject) {
        String use = useRefusal(hostType, subject.job().orElse(null), subject);
        if (use != null || hostType.getTrust() == Trust.ANY) {
            return use;
        }
        Opinion opinion = Opinions.of(subject);
        return opinion.review() == Review.REVIEWED
                ? null
                : "host type " + hostType.getName() + " runs reviewed code only, and " + opinion.reason();
    }

    @CheckForNull
    private static String useRefusal(HostType hostType, @CheckForNull Job<?, ?> job, Subject subject) {
        boolean may = hostType.getUse() == Use.ANY
                || job != null
                        && (OwnJobs.anyMade(job)
                                || hostType.getUse() == Use.LISTED
                                        && ListedJobs.get().lists(job, hostType));
        if (may) {
            return null;
        }
        return "host type " + hostType.getName()
                + (hostType.getUse() == Use.FARM
                        ? " is for jobs that the farm made, and " + subject + " is none"
                        : " is for jobs that the farm made and listed ones, and " + subject + " is neither");
    }
}
