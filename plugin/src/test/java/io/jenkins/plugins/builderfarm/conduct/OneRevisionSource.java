package io.jenkins.plugins.builderfarm.conduct;

import edu.umd.cs.findbugs.annotations.NonNull;
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
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.TestExtension;

/** A repository with one branch, {@code main}, whose revision has a name, as Git's have. */
public final class OneRevisionSource extends SCMSource {
    static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

    private final String jenkinsfile;

    OneRevisionSource(String jenkinsfile) {
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
    }

    @NonNull
    @Override
    public SCM build(@NonNull SCMHead head, SCMRevision revision) {
        return new SingleFileSCM("Jenkinsfile", jenkinsfile.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;

        Revision(SCMHead head) {
            super(head);
        }

        @Override
        public String toString() {
            return REVISION;
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

    @TestExtension
    public static final class DescriptorImpl extends SCMSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "One revision";
        }
    }
}
