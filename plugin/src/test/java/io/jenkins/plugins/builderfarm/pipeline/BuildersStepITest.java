package io.jenkins.plugins.builderfarm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.SharedRules;
import io.jenkins.plugins.builderfarm.config.Trust;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step's parameters and its form; the Pipelines of the documents are {@link PipelinesPageITest}'s. */
@WithJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BuildersStepITest {
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
    }

    private static WorkflowRun run(String script, Result result) throws Exception {
        WorkflowJob job = r.jenkins.createProject(
                WorkflowJob.class, "job" + r.jenkins.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.assertBuildStatus(result, job.scheduleBuild2(0));
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

    @Test
    void shouldSayWhatIsMissingFromTheQuestion() throws Exception {
        r.assertLogContains("branch is missing", run("builders(repository: 'net', branch: ' ')", Result.FAILURE));
    }

    /** As the snippet generator's form sends it, which shows a list as lines. */
    @Test
    void shouldBeGeneratedFromItsForm() throws Exception {
        JSONObject form = new JSONObject()
                .element("stapler-class", BuildersStep.class.getName())
                .element("$class", BuildersStep.class.getName())
                .element("repository", "net")
                .element("branch", "master")
                .element("mainBranch", "")
                .element("phase", "pre-submit")
                .element("platform", "linux")
                .element("exclude", "linux-arm\n\n linux-386 ");
        try (JenkinsRule.WebClient client = r.createWebClient()) {
            client.setJavaScriptEnabled(false);
            assertThat(client.goTo("pipeline-syntax/").getWebResponse().getContentAsString())
                    .contains("builders: Builders of a repository and branch");
            WebRequest request =
                    new WebRequest(new URL(r.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", form.toString())));
            client.addCrumb(request);
            String snippet = client.getPage(request).getWebResponse().getContentAsString();
            assertThat(snippet.strip())
                    .isEqualTo("builders branch: 'master', exclude: ['linux-arm', 'linux-386'], phase: 'pre-submit',"
                            + " platform: 'linux', repository: 'net'");
        }
    }
}
