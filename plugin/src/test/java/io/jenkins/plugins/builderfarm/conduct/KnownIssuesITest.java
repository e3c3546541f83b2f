package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.cloud.MachineAgents;
import io.jenkins.plugins.builderfarm.cloud.PretendMachines;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a build of a builder with known issues says of that, in its log, on its page and in its JSON; and its result. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KnownIssuesITest {
    @RegisterExtension
    private static final InboundAgentExtension AGENTS = new InboundAgentExtension();

    private static final String BEGIN =
            "Builder linux-test-race has known issues, so its failures are expected: https://go.dev/issue/1, private"
                    + " #7";
    private static final String END =
            "This is expected, because of known issues of linux-test-race: https://go.dev/issue/1, private #7";

    private static JenkinsRule r;
    private static MachineAgents machines;

    @BeforeAll
    static void share(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setNumExecutors(0);
        machines = new MachineAgents(r, AGENTS);
    }

    @BeforeEach
    void configure() {
        PretendMachines.configure(0);
        Builder troubled = new Builder(PretendMachines.BUILDER, PretendMachines.HOST_TYPE.value());
        troubled.setKnownIssues(List.of("https://go.dev/issue/1", "private #7"));
        BuilderFarmConfiguration.get()
                .setBuilders(List.of(troubled, new Builder("linux-test", PretendMachines.HOST_TYPE.value())));
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        PretendMachines.forgetAll();
    }

    private static FreeStyleBuild freestyle(String label, String script, Result result) throws Exception {
        FreeStyleProject project = r.createFreeStyleProject();
        project.setAssignedLabel(hudson.model.Label.get(label));
        project.getBuildersList().add(new Shell(script));
        return machines.build(project, result);
    }

    private static WorkflowRun pipeline(String script, Result result) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return machines.build(job, result);
    }

    /** The lines of its JSON; null if it says nothing of known issues. */
    private static List<String> json(Run<?, ?> run) throws Exception {
        for (JsonElement action : JsonParser.parseString(
                        r.getJSON(run.getUrl() + "api/json").getContentAsString())
                .getAsJsonObject()
                .getAsJsonArray("actions")) {
            if (action.getAsJsonObject().has("knownIssues")) {
                return StreamSupport.stream(
                                action.getAsJsonObject()
                                        .getAsJsonArray("knownIssues")
                                        .spliterator(),
                                false)
                        .map(JsonElement::getAsString)
                        .toList();
            }
        }
        return null;
    }

    private static int count(Run<?, ?> run, String line) throws Exception {
        return (int) run.getLog(1000).stream().filter(line::equals).count();
    }

    @Test
    void shouldMarkAFailureAsExpectedAndLeaveItAFailure() throws Exception {
        FreeStyleBuild failed = freestyle(PretendMachines.BUILDER, "exit 1", Result.FAILURE);

        assertThat(count(failed, BEGIN)).isEqualTo(1);
        assertThat(count(failed, END)).isEqualTo(1);
        assertThat(json(failed)).containsExactly("linux-test-race: https://go.dev/issue/1, private #7");
        HtmlPage page = new Visitor(r).page(null, failed.getUrl());
        assertThat(page.asNormalizedText()).contains("Failures of this build are expected", "private #7");
        assertThat(page.getAnchorByHref("https://go.dev/issue/1").getTextContent())
                .isEqualTo("go.dev/issue/1");
    }

    @Test
    void shouldNotCallASuccessExpected() throws Exception {
        FreeStyleBuild passed = freestyle(PretendMachines.BUILDER, "true", Result.SUCCESS);

        assertThat(count(passed, BEGIN)).isEqualTo(1);
        assertThat(count(passed, END)).isZero();
        assertThat(json(passed)).isNotEmpty();
    }

    @Test
    void shouldSayNothingOfOtherBuilders() throws Exception {
        FreeStyleBuild failed = freestyle("linux-test", "exit 1", Result.FAILURE);

        assertThat(String.join("\n", failed.getLog(1000))).doesNotContain("known issues");
        assertThat(json(failed)).isNull();
    }

    /** Also what is said stays what was known then. */
    @Test
    void shouldMarkAPipelineAndKeepThatOverAReload() throws Exception {
        WorkflowRun failed =
                pipeline("node('" + PretendMachines.BUILDER + "') { sh 'true'; sh 'exit 1' }", Result.FAILURE);
        assertThat(count(failed, BEGIN)).isEqualTo(1);
        assertThat(count(failed, END)).isEqualTo(1);

        BuilderFarmConfiguration.get().setBuilders(List.of());
        Job<?, ?> job = failed.getParent();
        job.doReload();

        Run<?, ?> again =
                r.jenkins.getItemByFullName(job.getFullName(), Job.class).getBuildByNumber(1);
        assertThat(again).isNotSameAs(failed);
        assertThat(json(again)).containsExactly("linux-test-race: https://go.dev/issue/1, private #7");
    }

    /** One of two builders explains nothing of what the other one did. */
    @Test
    void shouldExpectNothingOfAPipelineThatAskedForAnotherBuilderToo() throws Exception {
        WorkflowRun failed = pipeline(
                "node('" + PretendMachines.BUILDER + "') { sh 'true' }\nnode('linux-test') { sh 'exit 1' }",
                Result.FAILURE);

        assertThat(count(failed, BEGIN)).isEqualTo(1);
        assertThat(count(failed, END)).isZero();
    }
}
