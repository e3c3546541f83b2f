package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.TaskListener;
import hudson.scm.SCM;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jvnet.hudson.test.SingleFileSCM;

/** A repository with the branch {@code main} and one change request for it, {@code PR-12}, both with the same Jenkinsfile. */
public final class OneChangeSource extends SCMSource {
    private final String jenkinsfile;

    OneChangeSource(String jenkinsfile) {
        this.jenkinsfile = jenkinsfile;
    }

    @Override
    protected void retrieve(
            SCMSourceCriteria criteria,
            @NonNull SCMHeadObserver observer,
            SCMHeadEvent<?> event,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        SCMHead main = new SCMHead("main");
        observer.observe(main, new Revision(main));
        SCMHead change = new Change(main);
        observer.observe(change, new Revision(change));
    }

    @NonNull
    @Override
    public SCM build(@NonNull SCMHead head, SCMRevision revision) {
        return new SingleFileSCM("Jenkinsfile", jenkinsfile.getBytes(StandardCharsets.UTF_8));
    }

    /** A change request as GitHub's plugin names it. */
    public static final class Change extends SCMHead implements ChangeRequestSCMHead {
        private static final long serialVersionUID = 1L;

        private final SCMHead target;

        Change(SCMHead target) {
            super("PR-12");
            this.target = target;
        }

        @NonNull
        @Override
        public String getId() {
            return "12";
        }

        @NonNull
        @Override
        public SCMHead getTarget() {
            return target;
        }
    }

    private static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;

        Revision(SCMHead head) {
            super(head);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Revision revision && revision.getHead().equals(getHead());
        }

        @Override
        public int hashCode() {
            return getHead().hashCode();
        }
    }

    /** For every test: a test extension would have to be part of the one test that it is for. */
    @Extension
    public static final class DescriptorImpl extends SCMSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "One change";
        }
    }
}
