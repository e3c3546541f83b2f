package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.model.labels.LabelAtom;
import hudson.slaves.AbstractCloudComputer;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Host types whose machines another cloud of this Jenkins makes. */
@WithJenkins
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ExistingCloudITest {
    /** Makes agents on this computer for one label of its own. */
    private static final class OtherCloud extends Cloud {
        private final transient JenkinsRule r;

        OtherCloud(JenkinsRule r) {
            super("other");
            this.r = r;
        }

        @Override
        public boolean canProvision(CloudState state) {
            return state.getLabel() != null && state.getLabel().matches(List.of(new LabelAtom("big")));
        }

        @Override
        public Collection<PlannedNode> provision(CloudState state, int excessWorkload) {
            try {
                Node node = new OtherNode(r);
                return List.of(new PlannedNode("other", CompletableFuture.completedFuture(node), 1));
            } catch (IOException | Descriptor.FormException | URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class OtherNode extends AbstractCloudSlave {
        private static final long serialVersionUID = 1L;

        OtherNode(JenkinsRule r) throws IOException, Descriptor.FormException, URISyntaxException {
            super(
                    "other-1",
                    new File(r.jenkins.getRootDir(), "other-1").getAbsolutePath(),
                    r.createComputerLauncher(null));
            setNumExecutors(1);
            setLabelString("big");
            setRetentionStrategy(RetentionStrategy.INSTANCE);
        }

        @Override
        public AbstractCloudComputer<OtherNode> createComputer() {
            return new AbstractCloudComputer<>(this);
        }

        @Override
        protected void _terminate(TaskListener listener) {
            // Nothing but a process on this computer.
        }
    }

    /** Jenkins's provisioner looks at the load every ten seconds otherwise, and wants to see it grow for a while. */
    @BeforeAll
    static void hurry() {
        System.setProperty("hudson.model.LoadStatistics.clock", "200");
    }

    @AfterAll
    static void asUsual() {
        System.clearProperty("hudson.model.LoadStatistics.clock");
    }

    @Test
    void shouldPassTheOrderOnAndLabelTheNode(JenkinsRule r) throws Exception {
        r.jenkins.setNumExecutors(0);
        r.jenkins.clouds.add(new OtherCloud(r));
        ExistingCloud source = new ExistingCloud("other", "big");
        source.setExecutors(3);
        BuilderFarmConfiguration.get().setHostTypes(List.of(new HostType("host-big", source)));
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("**"));
        BuilderFarmConfiguration.get().setBuilders(List.of(new Builder("linux-big", "host-big")));
        FreeStyleProject project = r.createFreeStyleProject();
        project.setAssignedLabel(Label.get("linux-big"));

        FreeStyleBuild build = r.buildAndAssertSuccess(project);

        assertThat(build.getBuiltOnStr()).isEqualTo("other-1");
        assertThat(build.getBuiltOn().getNumExecutors()).isEqualTo(3);
        assertThat(build.getBuiltOn().getAssignedLabels())
                .extracting(Label::getName)
                .contains("big", "host-big", "linux-big");
    }
}
