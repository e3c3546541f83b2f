package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.cloud.MachineAgents;
import io.jenkins.plugins.builderfarm.cloud.PretendMachines;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.coordinator.results.Revision;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is recorded of builds that end, and who sees it. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ResultsITest {
    @RegisterExtension
    private static final InboundAgentExtension AGENTS = new InboundAgentExtension();

    private static final String OTHER = "linux-test";

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
        Builder troubled = new Builder(OTHER, PretendMachines.HOST_TYPE.value());
        troubled.setKnownIssues(List.of("https://go.dev/issue/1"));
        BuilderFarmConfiguration.get()
                .setBuilders(
                        List.of(new Builder(PretendMachines.BUILDER, PretendMachines.HOST_TYPE.value()), troubled));
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        r.jenkins.setAuthorizationStrategy(hudson.security.AuthorizationStrategy.UNSECURED);
        PretendMachines.forgetAll();
        assertThat(Results.get().all()).as("results go with their jobs").isEmpty();
    }

    private static FreeStyleProject freestyle(String name, String label, String script) throws Exception {
        FreeStyleProject project = r.createFreeStyleProject(name);
        project.setAssignedLabel(Label.get(label));
        project.getBuildersList().add(new Shell(script));
        return project;
    }

    /** A job that says by parameters what it builds. */
    private static void says(Job<?, ?> job, String repository, String branch, String revision) throws Exception {
        job.removeProperty(ParametersDefinitionProperty.class);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("REPOSITORY", repository),
                new StringParameterDefinition("BRANCH", branch),
                new StringParameterDefinition("REVISION", revision)));
    }

    private static WorkflowJob pipeline(String name, String script) throws Exception {
        WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static BuildResult only() {
        assertThat(Results.get().all()).hasSize(1);
        return Results.get().all().get(0);
    }

    private static JsonObject json(String path) throws Exception {
        return JsonParser.parseString(r.getJSON(path).getContentAsString()).getAsJsonObject();
    }

    private static List<String> cells(JsonObject results) {
        List<String> cells = new ArrayList<>();
        for (JsonElement row : results.getAsJsonArray("revisions")) {
            String revision = row.getAsJsonObject().get("revision").getAsString();
            StreamSupport.stream(row.getAsJsonObject().getAsJsonArray("results").spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .forEach(cell ->
                            cells.add(revision + " " + cell.get("builder").getAsString() + " "
                                    + cell.get("outcome").getAsString()
                                    + (cell.get("expected").getAsBoolean() ? " expected" : "")));
        }
        return cells;
    }

    @Test
    void shouldShowWhatBuildersSayOfRevisions() throws Exception {
        FreeStyleProject good = freestyle("good", PretendMachines.BUILDER, "true");
        FreeStyleProject bad = freestyle("bad", OTHER, "exit 1");
        says(good, "net", "master", "r1");
        says(bad, "net", "master", "r1");
        machines.build(good, Result.SUCCESS);
        machines.build(bad, Result.FAILURE);
        says(good, "sys", "dev", "r2");
        FreeStyleBuild last = machines.build(good, Result.SUCCESS);

        JsonObject all = json("builders/results/api/json");
        assertThat(cells(all))
                .containsExactly(
                        "r2 linux-test-race PASSED", "r1 linux-test FAILED expected", "r1 linux-test-race PASSED");
        assertThat(all.getAsJsonArray("builders"))
                .map(JsonElement::getAsString)
                .containsExactly(OTHER, PretendMachines.BUILDER);
        assertThat(all.getAsJsonArray("revisions")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("results")
                        .get(0)
                        .getAsJsonObject()
                        .get("url")
                        .getAsString())
                .isEqualTo(last.getAbsoluteUrl());
        assertThat(cells(json("builders/results/api/json?repository=sys")))
                .containsExactly("r2 linux-test-race PASSED");
        assertThat(cells(json("builders/results/api/json?branch=master&builder=race")))
                .containsExactly("r1 linux-test-race PASSED");
        assertThat(cells(json("builders/results/api/json?repository=none"))).isEmpty();

        HtmlPage page = r.createWebClient().goTo("builders/results/");
        assertThat(page.getElementById("results").asNormalizedText())
                .contains("Revision\tlinux-test\tlinux-test-race", "r2", "sys dev", "fail", "ok");
        assertThat(page.getElementById("results")
                        .querySelectorAll("a")
                        .get(0)
                        .getAttributes()
                        .getNamedItem("href")
                        .getNodeValue())
                .isEqualTo("/jenkins/job/good/2/");
        page.getFormByName("results").getSelectByName("repository").setSelectedAttribute("sys", true);
        HtmlPage filtered = r.submit(page.getFormByName("results"));
        assertThat(filtered.getElementById("results").asNormalizedText())
                .contains("r2")
                .doesNotContain("r1");

        // With its scripts, which sort.
        HtmlPage builders = r.createWebClient().goTo("builders/");
        assertThat(builders.getElementById("builders").querySelectorAll("a.builder-farm-result"))
                .extracting(link -> link.asNormalizedText())
                .as("sorted by the builders' names")
                .containsExactly("fail", "ok", "ok");
        JsonObject row =
                json("builders/api/json").getAsJsonArray("builders").get(1).getAsJsonObject();
        assertThat(row.getAsJsonArray("latest")
                        .get(0)
                        .getAsJsonObject()
                        .get("expected")
                        .getAsBoolean())
                .isTrue();
    }

    @Test
    void shouldRecordAPipelineThatAskedForOneBuilderAndNoOther() throws Exception {
        WorkflowJob one = pipeline("one", "node('" + OTHER + "') { sh 'true' }; node('" + OTHER + "') { sh 'true' }");
        machines.build(one, Result.SUCCESS);
        assertThat(only()).returns(OTHER, BuildResult::builder).returns("one", BuildResult::job);

        machines.build(pipeline("none", "echo 'x'"), Result.SUCCESS);
        machines.build(
                pipeline("both", "node('" + OTHER + "') {}; node('" + PretendMachines.BUILDER + "') {}"),
                Result.SUCCESS);
        machines.build(freestyle("hostType", PretendMachines.HOST_TYPE.value(), "true"), Result.SUCCESS);

        assertThat(only().job()).isEqualTo("one");
    }

    /** What nobody says is not guessed. */
    @Test
    void shouldLeaveUnknownWhatIsUnknown() throws Exception {
        machines.build(freestyle("quiet", OTHER, "true"), Result.SUCCESS);

        assertThat(only().revision()).isEqualTo(Revision.UNKNOWN);
        assertThat(cells(json("builders/results/api/json"))).isEmpty();
        assertThat(new Visitor(r).page(null, "builders/results/").asNormalizedText())
                .contains("No results of a known revision yet");
        assertThat(new Visitor(r)
                        .page(null, "builders/")
                        .getElementById("builders")
                        .asNormalizedText())
                .contains("ok");
    }

    @Test
    void shouldTakeTheRevisionFromAMultibranchProject() throws Exception {
        WorkflowMultiBranchProject project = r.createProject(WorkflowMultiBranchProject.class, "branches");
        project.getSourcesList().add(new BranchSource(new OneRevisionSource("node('" + OTHER + "') { sh 'true' }")));
        project.scheduleBuild2(0);
        PretendMachines.await(() -> {
            machines.serve();
            return !Results.get().all().isEmpty();
        });

        assertThat(only())
                .returns("branches/main", BuildResult::job)
                .returns(new Revision("", "main", OneRevisionSource.REVISION), BuildResult::revision);
        r.waitUntilNoActivity();
    }

    @Test
    void shouldShowNobodyWhatTheyMayNotRead() throws Exception {
        MockFolder secret = r.createFolder("secret");
        FreeStyleProject hidden = secret.createProject(FreeStyleProject.class, "unseen-job");
        hidden.setAssignedLabel(Label.get(OTHER));
        says(hidden, "secret-repository", "master", "r1");
        FreeStyleProject open = freestyle("open", OTHER, "true");
        says(open, "net", "master", "r2");
        machines.build(hidden, Result.SUCCESS);
        machines.build(open, Result.SUCCESS);
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob", "discoverer")
                .grant(Item.READ)
                .onItems(open)
                .to("bob", "discoverer")
                .grant(Item.DISCOVER)
                .everywhere()
                .to("discoverer"));

        for (String path :
                List.of("builders/results/", "builders/results/api/json", "builders/", "builders/api/json")) {
            for (String person : List.of("bob", "discoverer")) {
                String text = content(person, path);
                assertThat(text)
                        .as("%s of %s", path, person)
                        .contains("open")
                        .doesNotContain("unseen-job", "secret-repository");
            }
            assertThat(content("admin", path)).contains("unseen-job");
        }
    }

    private static String content(String person, String path) throws Exception {
        try (JenkinsRule.WebClient client = r.createWebClient().withBasicCredentials(person)) {
            client.setJavaScriptEnabled(false);
            return client.goTo(path, path.endsWith("json") ? "application/json" : "text/html")
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    @Test
    void shouldFollowJobsAndForgetDeletedBuilds() throws Exception {
        FreeStyleProject job = freestyle("before", OTHER, "true");
        FreeStyleBuild first = machines.build(job, Result.SUCCESS);
        job.renameTo("after");
        assertThat(only().job()).isEqualTo("after");

        first.delete();
        assertThat(only().gone()).isTrue();
        HtmlPage page = new Visitor(r).page(null, "builders/");
        assertThat(page.getElementById("builders").querySelectorAll("a.builder-farm-result"))
                .isEmpty();
        assertThat(page.getElementById("builders").querySelectorAll("span.builder-farm-result"))
                .hasSize(1);
    }

    @Test
    void shouldShowTheResultsOfAWholeFarm() throws Exception {
        List<Builder> builders = new ArrayList<>();
        for (int i = 0; i < 149; i++) {
            builders.add(new Builder("builder-" + i, PretendMachines.HOST_TYPE.value()));
        }
        BuilderFarmConfiguration.get().setBuilders(builders);
        MockFolder folder = r.createFolder("many");
        for (int i = 0; i < 10; i++) {
            folder.createProject(FreeStyleProject.class, "job-" + i);
        }
        for (int i = 0; i < 14_900; i++) {
            Results.get()
                    .add(new BuildResult(
                            "builder-" + i % 149,
                            new Revision("net", "master", "r" + i / 149),
                            "many/job-" + i % 10,
                            i,
                            i % 7 == 0 ? Outcome.FAILED : Outcome.PASSED,
                            false,
                            Instant.EPOCH,
                            1,
                            false));
        }

        assertThat(Results.get().all()).hasSize(14_900);
        assertThat(json("builders/results/api/json").getAsJsonArray("revisions"))
                .hasSize(100);
        assertThat(new Visitor(r).get(null, "builders/results/").getContentAsString())
                .contains("builder-148", "r99");
    }
}
