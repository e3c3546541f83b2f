package io.jenkins.plugins.builderfarm.manage;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.BulkChange;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.PipelineTemplate;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.examples.GoDashboard;
import io.jenkins.plugins.builderfarm.jobs.Reconciler;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Manage Jenkins → Builder Farm → Builders' jobs. Who may see it is {@code AccessITest}'s. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class JobsPageITest {
    private static final String AT = "manage/builder-farm/jobs/";
    private static final String HOST = "host-linux-test";
    private static final String SCRIPT = "node(@{label}) { sh \"echo <@{builder}>\" }";
    private static JenkinsRule r;
    private static BuilderFarmConfiguration farm;

    @BeforeAll
    static void start(JenkinsRule rule) {
        r = rule;
        farm = BuilderFarmConfiguration.get();
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("bob"));
    }

    @AfterEach
    void empty() throws Exception {
        farm.setJobFolder("");
        configure("", List.of());
        Reconciler.get().apply();
        for (Job<?, ?> job : r.jenkins.getAllItems(Job.class)) {
            job.delete();
        }
    }

    private static void configure(String script, List<Builder> builders) throws Exception {
        try (BulkChange change = new BulkChange(farm)) {
            farm.setHostTypes(List.of(new HostType(HOST, new ReversePool())));
            farm.setPipelineTemplates(script.isEmpty() ? List.of() : List.of(new PipelineTemplate("go", script)));
            farm.setBuilders(builders);
            change.commit();
        }
    }

    private static Builder builder(String name, String template) {
        Builder builder = new Builder(name, HOST);
        builder.setTemplate(template);
        return builder;
    }

    private static HtmlPage page(String path) throws Exception {
        return new Visitor(r).page("admin", AT + path);
    }

    /** Sends the form that the plan has, from a page with its scripts. */
    private static HtmlPage apply() throws Exception {
        HtmlPage plan = r.createWebClient().login("admin").goTo(AT);
        return r.submit(plan.getFormByName("apply"));
    }

    private static String sum(HtmlPage page) {
        return page.getElementById("sum").asNormalizedText();
    }

    /** Builder, what, and job of each row, of those too that are on another page of the list. */
    private static List<String> rows(HtmlPage page) {
        return page.querySelectorAll("#jobs > tbody > tr").stream()
                .map(row -> String.join(
                        "|",
                        row.querySelectorAll("td").stream()
                                .limit(3)
                                .map(cell -> cell.getTextContent().strip())
                                .toList()))
                .toList();
    }

    private static List<String> changes(HtmlPage page, String kind) {
        return page.querySelectorAll("#jobs .builder-farm-diff > .builder-farm-" + kind).stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    @Test
    void shouldShowAPlanFor149BuildersAndApplyIt() throws Exception {
        List<Builder> builders = new ArrayList<>();
        GoDashboard.read().builders().forEach(build -> builders.add(builder(build.name(), "go")));
        synchronized (Reconciler.get()) {
            // What happens by itself waits until the plan was looked at.
            configure(SCRIPT, builders);
            HtmlPage plan = page("");
            assertThat(sum(plan)).startsWith("149 to write, 0 refused, 0 in step");
            assertThat(rows(plan)).hasSize(149).contains("linux-amd64-race|create|linux-amd64-race");
            assertThat(changes(plan, "added"))
                    .contains(
                            "+    <script>node('linux-amd64-race') { sh \"echo &lt;linux-amd64-race&gt;\" }</script>");
            assertThat(changes(plan, "removed")).isEmpty();
            assertThat(r.jenkins.getAllItems(Job.class)).isEmpty();
        }
        Reconciler.get().apply();
        HtmlPage inStep = page("");
        assertThat(sum(inStep)).startsWith("0 to write, 0 refused, 149 in step");
        assertThat(inStep.getForms()).noneMatch(form -> form.getNameAttribute().equals("apply"));

        // What nobody told the farm of.
        r.jenkins.getItemByFullName("linux-arm-aws").delete();
        WorkflowJob job = r.jenkins.getItemByFullName("linux-amd64-race", WorkflowJob.class);
        try (ACLContext bob = ACL.as2(User.getById("bob", true).impersonate2())) {
            job.setDefinition(new CpsFlowDefinition("echo 'evil'", true));
            job.save();
        }
        HtmlPage plan = page("");
        assertThat(rows(plan).subList(0, 3))
                .containsExactly(
                        "linux-arm-aws|create|linux-arm-aws",
                        "linux-amd64-race|update|linux-amd64-race",
                        rows(inStep).get(0));
        assertThat(changes(plan, "removed")).contains("-    <script>echo &apos;evil&apos;</script>");

        HtmlPage applied = apply();
        assertThat(applied.asNormalizedText()).contains("2 jobs were written");
        assertThat(applied.getElementById("done").asNormalizedText().lines())
                .containsExactlyInAnyOrder(
                        "create linux-arm-aws for builder linux-arm-aws",
                        "update linux-amd64-race for builder linux-amd64-race");
        assertThat(r.jenkins.getItemByFullName("linux-arm-aws")).isNotNull();
        assertThat(((CpsFlowDefinition) job.getDefinition()).getScript()).startsWith("node('linux-amd64-race')");
        assertThat(sum(page(""))).startsWith("0 to write");
    }

    @Test
    void shouldShowWhatIsRefusedAndWhatIsDisabled() throws Exception {
        configure("echo 'x'", List.of(builder("linux-old", "go")));
        Reconciler.get().apply();
        FreeStyleProject foreign = r.createFreeStyleProject("linux-clash");
        synchronized (Reconciler.get()) {
            configure("echo @{biulder}", List.of(builder("linux-clash", "template"), builder("linux-typo", "go")));
            foreign.renameTo("template");
            r.createFreeStyleProject("linux-clash");

            HtmlPage plan = page("");
            assertThat(sum(plan)).startsWith("1 to write, 2 refused, 0 in step");
            assertThat(rows(plan))
                    .containsExactlyInAnyOrder(
                            "linux-clash|refused|linux-clash",
                            "linux-typo|refused|linux-typo",
                            "linux-old|disable|linux-old");
            assertThat(plan.getElementById("jobs").asNormalizedText())
                    .contains(
                            "there is a job of this name that the farm didn't make",
                            "there is no placeholder 'biulder'",
                            "the builder is gone; the job stays with its history");
            assertThat(plan.querySelectorAll("a[href$='/job/linux-clash/']"))
                    .as("a link to what is in the way")
                    .hasSize(1);
            assertThat(plan.querySelectorAll("a[href$='/builder/linux-old/']"))
                    .as("a link to a builder that is gone")
                    .isEmpty();
        }
    }

    @Test
    void shouldSayWhatCouldNotBeWritten() throws Exception {
        farm.setJobFolder("nowhere");
        configure("echo 'x'", List.of(builder("linux-lost", "go")));
        Reconciler.get().apply();

        HtmlPage applied = apply();

        assertThat(applied.asNormalizedText())
                .contains("could not create nowhere/linux-lost", "there is no folder nowhere", "No job was written");
        assertThat(page("applied").asNormalizedText()).contains("look at the plan first");
    }

    @Test
    void shouldPreviewTheJobOfOneBuilder() throws Exception {
        Builder typo = builder("linux-typo", "nothing");
        Builder none = builder("linux-none", "");
        configure(SCRIPT, List.of(builder("linux-one", "go"), typo, none));
        Reconciler.get().apply();

        HtmlPage one = page("builder/linux-one/");
        assertThat(one.getElementById("config").getTextContent())
                .startsWith("<flow-definition>")
                .contains("<script>node('linux-one') { sh \"echo &lt;linux-one&gt;\" }</script>");
        assertThat(rows(one)).containsExactly("linux-one|in step|linux-one");
        HtmlPage wrong = page("builder/linux-typo/");
        assertThat(wrong.querySelector(".builder-farm-problem").asNormalizedText())
                .isEqualTo("template nothing: there is neither a Pipeline template nor a job of that name");
        assertThat(wrong.getElementById("config")).isNull();
        assertThat(page("builder/linux-none/").asNormalizedText()).contains("has no job");
        try (JenkinsRule.WebClient client = r.createWebClient().withBasicCredentials("admin")) {
            client.assertFails(AT + "builder/linux-unheard-of/", 404);
            client.assertFails(AT + "apply", 404);
        }
        assertThat(farm.problems())
                .noneMatch(problem -> problem.contains("linux-one"))
                .anyMatch(problem -> problem.contains("Builder linux-typo can't use its template"));
    }

    @Test
    void shouldSayThatThereIsNothingToDo() throws Exception {
        configure("", List.of(builder("linux-none", "")));

        assertThat(page("").asNormalizedText()).contains("No builder names a job template");
    }
}
