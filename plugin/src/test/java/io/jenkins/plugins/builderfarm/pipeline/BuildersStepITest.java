package io.jenkins.plugins.builderfarm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.SharedRules;
import io.jenkins.plugins.builderfarm.config.Trust;
import io.jenkins.plugins.builderfarm.trust.Opinions;
import io.jenkins.plugins.builderfarm.trust.Review;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in the Pipelines of docs/user/pipelines.md. Agents of this Jenkins stand for the farm's machines. */
@WithJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BuildersStepITest {
    private static final String FAN_OUT = """
            def branches = [:]
            for (b in builders(repository: 'net', branch: 'master')) {
                def builder = b
                branches[builder.name] = {
                    node(builder.label) {
                        echo "building on ${builder.name} of ${builder.hostType}, ${builder.environment.GOARCH}"
                    }
                }
            }
            parallel branches
            """;
    private static final String PRE_SUBMIT = """
            def found = builders(repository: 'net', branch: 'master', phase: 'pre-submit')
            echo "found ${found*.name}"
            parallel found.collectEntries { b -> [b.name, { node(b.label) { echo "tried on ${b.name}" } }] }
            """;
    private static JenkinsRule r;

    @BeforeAll
    static void farm(JenkinsRule rule) throws Exception {
        r = rule;
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        HostType volunteers = new HostType("host-linux-riscv64", new ReversePool());
        volunteers.setPlatform("linux-riscv64");
        volunteers.setEnvironment(List.of(new EnvironmentVariable("GOARCH", "riscv64")));
        HostType ours = new HostType("host-windows-amd64", new ExistingCloud("gce", "windows"));
        ours.setPlatform("windows-amd64");
        ours.setTrust(Trust.ANY);
        ours.setEnvironment(List.of(new EnvironmentVariable("GOARCH", "amd64")));
        farm.setHostTypes(List.of(volunteers, ours));
        farm.setRuleSets(List.of(new SharedRules("default", "exclude repository website\ninclude")));
        farm.setBuilders(List.of(
                new Builder("linux-riscv64", "host-linux-riscv64"),
                new Builder("windows-amd64", "host-windows-amd64")));
        r.createOnlineSlave(new LabelAtom("linux-riscv64"));
        r.createOnlineSlave(new LabelAtom("windows-amd64"));
    }

    private static WorkflowRun run(String script, Result result) throws Exception {
        WorkflowJob job = r.jenkins.createProject(
                WorkflowJob.class, "job" + r.jenkins.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    @Test
    void shouldFanOutAfterASubmission() throws Exception {
        WorkflowRun run = run(FAN_OUT, Result.SUCCESS);

        r.assertLogContains("2 builders for net@master, post-submit", run);
        r.assertLogContains("building on linux-riscv64 of host-linux-riscv64, riscv64", run);
        r.assertLogContains("building on windows-amd64 of host-windows-amd64, amd64", run);
    }

    @Test
    void shouldTryChangesOnTrustedHostsOnlyAndMarkTheBuild() throws Exception {
        WorkflowRun run = run(PRE_SUBMIT, Result.SUCCESS);

        r.assertLogContains("found [windows-amd64]", run);
        r.assertLogContains("machines run reviewed code only: linux-riscv64", run);
        r.assertLogContains("tried on windows-amd64", run);
        assertThat(Opinions.of(Subject.of(run)).review()).isEqualTo(Review.UNREVIEWED);
    }

    @Test
    void shouldNarrowTheChoice() throws Exception {
        WorkflowRun run = run("""
                echo "platform ${builders(repository: 'net', branch: 'master', platform: 'windows')*.name}"
                echo "rest ${builders(repository: 'net', branch: 'master', exclude: ['windows-amd64'])*.name}"
                echo "none ${builders(repository: 'website', branch: 'master')*.name}"
                """, Result.SUCCESS);

        r.assertLogContains("platform [windows-amd64]", run);
        r.assertLogContains("rest [linux-riscv64]", run);
        r.assertLogContains("none []", run);
    }

    @Test
    void shouldSayWhatIsWrongWithTheQuestion() throws Exception {
        WorkflowRun run = run("builders(repository: 'net', branch: 'master', phase: 'mid-submit')", Result.FAILURE);

        r.assertLogContains("mid-submit", run);
    }
}
