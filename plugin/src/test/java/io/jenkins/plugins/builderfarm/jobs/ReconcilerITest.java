package io.jenkins.plugins.builderfarm.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.BulkChange;
import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.PipelineTemplate;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobPlan;
import io.jenkins.plugins.builderfarm.examples.GoDashboard;
import io.jenkins.plugins.builderfarm.trust.Gate;
import io.jenkins.plugins.builderfarm.trust.Opinions;
import io.jenkins.plugins.builderfarm.trust.Review;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builders' jobs in a real Jenkins: made, kept in step, and left alone. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReconcilerITest {
    private static final String HOST = "host-linux-test";
    private static JenkinsRule r;
    private static BuilderFarmConfiguration farm;

    @BeforeAll
    static void start(JenkinsRule rule) {
        r = rule;
        farm = BuilderFarmConfiguration.get();
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.ADMINISTER).everywhere().to("admin");
        rights.grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE, Item.CREATE)
                .everywhere()
                .to("bob");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(rights);
    }

    @AfterEach
    void empty() throws Exception {
        configure("", List.of());
        for (Job<?, ?> job : r.jenkins.getAllItems(Job.class)) {
            job.delete();
        }
    }

    /** One change of all, and all is in step when this returns. */
    private static void configure(String script, List<Builder> builders) throws Exception {
        try (BulkChange change = new BulkChange(farm)) {
            farm.setHostTypes(List.of(new HostType(HOST, new ReversePool())));
            farm.setPipelineTemplates(script.isEmpty() ? List.of() : List.of(new PipelineTemplate("go", script)));
            farm.setBuilders(builders);
            change.commit();
        }
        Reconciler.get().apply();
    }

    private static Builder builder(String name, String template) {
        Builder builder = new Builder(name, HOST);
        builder.setTemplate(template);
        return builder;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getById(user, true).impersonate2());
    }

    private static List<JobAction.Kind> kinds(JobPlan plan) {
        return plan.actions().stream().map(JobAction::kind).toList();
    }

    @Test
    void shouldMake149JobsAndWriteOneWhenOneBuilderChanges() throws Exception {
        List<Builder> builders = new ArrayList<>();
        for (GoDashboard.Build build : GoDashboard.read().builders()) {
            builders.add(builder(build.name(), "go"));
        }
        configure("node(@{label}) { sh \"echo @{builder} on @{hostType}\" }", builders);

        List<WorkflowJob> jobs = r.jenkins.getAllItems(WorkflowJob.class);
        assertThat(jobs).hasSize(149);
        WorkflowJob job = r.jenkins.getItemByFullName("linux-amd64-race", WorkflowJob.class);
        assertThat(((CpsFlowDefinition) job.getDefinition()).getScript())
                .isEqualTo("node('linux-amd64-race') { sh \"echo linux-amd64-race on host-linux-test\" }");
        assertThat(Reconciler.get().plan().writes()).isEmpty();

        long file = job.getConfigFile().getFile().lastModified();
        builders.get(0).setNotes("changed, but the template doesn't ask for it");
        configure("node(@{label}) { sh \"echo @{builder} on @{hostType}\" }", builders);
        assertThat(job.getConfigFile().getFile().lastModified()).isEqualTo(file);

        Builder one = builder("linux-amd64-race", "go");
        one.setPlaceholders(List.of(new EnvironmentVariable("hostType", "another")));
        builders.replaceAll(each -> each.getName().equals(one.getName()) ? one : each);
        JobPlan plan;
        synchronized (Reconciler.get()) {
            // What happens by itself waits meanwhile.
            farm.setBuilders(builders);
            plan = Reconciler.get().plan();
        }
        assertThat(plan.writes()).singleElement().returns("linux-amd64-race", JobAction::fullName);
        assertThat(plan.writes().get(0).diff()).contains("on host-linux-test").contains("on another");
        await(() -> ((CpsFlowDefinition) job.getDefinition()).getScript().contains("another"));
    }

    @Test
    void shouldPrintHowLongAPlanOf1500JobsTakesThatChangesNothingAndWriteOneThatDoes() throws Exception {
        List<Builder> builders = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            builders.add(builder("linux-" + i, "go"));
        }
        configure("node(@{label}) { echo @{builder} }", builders);

        long start = System.nanoTime();
        JobPlan plan = Reconciler.get().plan();
        System.out.println("A plan of " + plan.actions().size() + " jobs that changes nothing took "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
        assertThat(plan.actions()).hasSize(1500);
        assertThat(plan.writes()).isEmpty();
        for (Job<?, ?> job : r.jenkins.getAllItems(Job.class)) {
            assertThat(job.getProperty(FarmJob.class)).isNotNull();
        }

        Builder one = builder("linux-777", "go");
        one.setPlaceholders(List.of(new EnvironmentVariable("label", "another")));
        builders.set(777, one);
        synchronized (Reconciler.get()) {
            farm.setBuilders(builders);
            assertThat(Reconciler.get().plan().writes())
                    .singleElement()
                    .returns("linux-777", JobAction::fullName)
                    .returns(JobAction.Kind.UPDATE, JobAction::kind);
        }
    }

    @Test
    void shouldLeaveForeignJobsAlone() throws Exception {
        FreeStyleProject foreign = r.createFreeStyleProject("linux-arm");
        foreign.setDescription("mine");
        String before = foreign.getConfigFile().asString();

        configure("echo 'x'", List.of(builder("linux-arm", "go")));

        JobPlan plan = Reconciler.get().plan();
        assertThat(plan.refused())
                .singleElement()
                .extracting(JobAction::summary)
                .asString()
                .contains("linux-arm", "that the farm didn't make");
        assertThat(foreign.getConfigFile().asString()).isEqualTo(before);
    }

    @Test
    void shouldDisableARetiredBuildersJobAndBringItBack() throws Exception {
        configure("echo 'x'", List.of(builder("linux-old", "go")));
        WorkflowJob job = r.jenkins.getItemByFullName("linux-old", WorkflowJob.class);
        r.buildAndAssertSuccess(job);

        configure("echo 'x'", List.of());
        assertThat(job.isDisabled()).isTrue();
        assertThat(job.getBuildByNumber(1)).isNotNull();
        assertThat(Reconciler.get().plan().writes()).isEmpty();

        configure("echo 'x'", List.of(builder("linux-old", "go")));
        assertThat(job.isDisabled()).isFalse();
        assertThat(job.getBuildByNumber(1)).isNotNull();
    }

    @Test
    void shouldFindAJobThatWasRenamedAndStillVouchForIt() throws Exception {
        configure("echo 'x'", List.of(builder("linux-here", "go")));
        WorkflowJob job = r.jenkins.getItemByFullName("linux-here", WorkflowJob.class);

        job.renameTo("linux-there");

        assertThat(kinds(Reconciler.get().plan())).containsExactly(JobAction.Kind.UNCHANGED);
        WorkflowRun run = r.buildAndAssertSuccess(job);
        assertThat(Gate.refusal(farm.hostType(HOST).orElseThrow(), Subject.of(run)))
                .isNull();
    }

    @Test
    void shouldNotVouchForWhatOutsidersMadeOfItAndSetItRight() throws Exception {
        configure("echo 'x'", List.of(builder("linux-mine", "go")));
        WorkflowJob job = r.jenkins.getItemByFullName("linux-mine", WorkflowJob.class);
        WorkflowRun run = r.buildAndAssertSuccess(job);
        assertThat(Opinions.of(Subject.of(run)).review()).isEqualTo(Review.REVIEWED);

        try (ACLContext bob = as("bob")) {
            job.setDefinition(new CpsFlowDefinition("echo 'evil'", true));
            job.save();
        }
        assertThat(Opinions.of(Subject.of(run)).reason()).contains("was changed by bob");
        assertThat(Reconciler.get().plan().writes()).hasSize(1);

        Reconciler.get().apply();
        assertThat(((CpsFlowDefinition) job.getDefinition()).getScript()).isEqualTo("echo 'x'");
        assertThat(Opinions.of(Subject.of(run)).review()).isEqualTo(Review.REVIEWED);
    }

    @Test
    void shouldNotTakeACopiedMarkForItsOwn() throws Exception {
        configure("echo 'x'", List.of(builder("linux-true", "go")));
        String marked = r.jenkins
                .getItemByFullName("linux-true", WorkflowJob.class)
                .getConfigFile()
                .asString();
        assertThat(marked).contains(FarmJob.ELEMENT);

        // Even Jenkins itself, which some plugins let people borrow, can't make one.
        WorkflowJob copy = (WorkflowJob) r.jenkins.createProjectFromXML(
                "linux-false", new ByteArrayInputStream(marked.getBytes(StandardCharsets.UTF_8)));

        WorkflowRun run = r.buildAndAssertSuccess(copy);
        assertThat(Gate.refusal(farm.hostType(HOST).orElseThrow(), Subject.of(run)))
                .contains("is for jobs that the farm made and listed ones");
        assertThat(kinds(Reconciler.get().plan())).contains(JobAction.Kind.COPY);
    }

    @Test
    void shouldMakeJobsFromAnExistingOneUnlessAnOutsiderChangesIt() throws Exception {
        FreeStyleProject template = r.createFreeStyleProject("template");
        template.setDescription("for @{builder} & others");
        template.setAssignedLabel(Label.get("@{label}"));
        configure("", List.of(builder("linux-free", "template")));
        FreeStyleProject made = r.jenkins.getItemByFullName("linux-free", FreeStyleProject.class);
        assertThat(made.getDescription()).isEqualTo("for linux-free & others");
        assertThat(made.getAssignedLabel()).isEqualTo(Label.get("linux-free"));

        // By itself, after the template changed.
        template.setDescription("again for @{builder}");
        await(() -> made.getDescription().equals("again for linux-free"));

        try (ACLContext bob = as("bob")) {
            template.setDescription("evil");
        }
        assertThat(Reconciler.get().plan().refused())
                .singleElement()
                .extracting(JobAction::detail)
                .asString()
                .contains("was last configured by bob");
        assertThat(made.getDescription()).isEqualTo("again for linux-free");
    }

    @Test
    void shouldPlanApplyAndPreviewByCommand() throws Exception {
        r.createFreeStyleProject("linux-clash");
        configure("", List.of(builder("linux-cli", "go"), builder("linux-clash", "go")));
        synchronized (Reconciler.get()) {
            farm.setPipelineTemplates(List.of(new PipelineTemplate("go", "echo @{biulder}")));
            assertThat(command("admin").invokeWithArgs("--plan").stdout())
                    .contains("refuse linux-cli", "there is no placeholder 'biulder'", "builder");
            farm.setPipelineTemplates(List.of(new PipelineTemplate("go", "echo @{builder}")));
            assertThat(command("admin").invokeWithArgs("--plan").stdout())
                    .contains("create linux-cli for builder linux-cli", "+", "1 to write, 1 refused, 0 unchanged");
        }
        assertThat(command("admin").invokeWithArgs("--preview", "linux-cli").stdout())
                .contains("<script>echo 'linux-cli'</script>");
        assertThat(command("admin").invokeWithArgs("--apply").returnCode())
                .as("something is refused")
                .isEqualTo(1);
        assertThat(r.jenkins.getItemByFullName("linux-cli")).isNotNull();
        assertThat(command("bob").invokeWithArgs("--plan").returnCode()).isEqualTo(6);
    }

    private static CLICommandInvoker command(String user) {
        return new CLICommandInvoker(r, new JobsCommand()).asUser(user);
    }

    @Test
    void shouldKeepItsMarkWhenTheJobIsSaved() throws Exception {
        configure("echo 'x'", List.of(builder("linux-saved", "go")));
        WorkflowJob job = r.jenkins.getItemByFullName("linux-saved", WorkflowJob.class);

        r.submit(r.createWebClient().login("admin").getPage(job, "configure").getFormByName("config"));

        assertThat(job.getProperty(FarmJob.class).isGenuine("linux-saved")).isTrue();
        assertThat(Files.readString(Path.of(job.getConfigFile().getFile().getPath())))
                .contains("builder-farm-job");
    }
}
