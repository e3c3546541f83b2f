package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import java.io.Serializable;
import java.util.Optional;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The farm's own mark of a job that builds changes under review, whatever else is said of it. Who may configure the job
 * may set it: it only ever takes machines away.
 */
public final class PreSubmit extends OptionalJobProperty<Job<?, ?>> {
    @DataBoundConstructor
    public PreSubmit() {
        // Nothing to say but that it is there.
    }

    /** The same of a single build, from when a Pipeline asked for pre-submit builders. */
    public static final class Mark extends InvisibleAction implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Extension
    @Symbol("preSubmit")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Builds changes under review (pre-submit)";
        }
    }

    /** What the mark says. */
    @Extension
    public static final class Marked implements CodeReview {
        @Override
        public Optional<Opinion> of(Subject subject) {
            if (subject.job()
                    .filter(job -> job.getProperty(PreSubmit.class) != null)
                    .isPresent()) {
                return Optional.of(
                        Opinion.unreviewed("job " + subject.job().get().getFullName() + " is marked as pre-submit"));
            }
            return subject.actions(Mark.class).isEmpty()
                    ? Optional.empty()
                    : Optional.of(Opinion.unreviewed(subject + " asked for pre-submit builders"));
        }
    }
}
