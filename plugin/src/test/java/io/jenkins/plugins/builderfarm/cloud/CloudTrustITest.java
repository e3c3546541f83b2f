package io.jenkins.plugins.builderfarm.cloud;

import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.as;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.freestyle;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.parameters;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.pipeline;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.TopLevelItem;
import hudson.security.ACLContext;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Trust;
import io.jenkins.plugins.builderfarm.config.Use;
import io.jenkins.plugins.builderfarm.trust.PreSubmit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The same of host types on other clouds: nothing is ordered for code that nobody reviewed, and what was ordered for other
 * code doesn't run it either. Each attempt waits beside a build that gets its node.
 */
@WithJenkins
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CloudTrustITest {
    private static final String HOST_TYPE = "host-east";
    private static final String BUILDER = "linux-east";
    private static final String ON_THE_FARM = "node('" + BUILDER + "') { echo 'here' }";
    private static final String ORDERED = "queue, before anything is ordered";
    private static final Attempts ATTEMPTS = new Attempts("on another cloud");
    private static JenkinsRule r;
    private static int count;
    private SmallCloud east;

    @BeforeAll
    static void share(JenkinsRule rule) {
        r = rule;
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE, Item.CREATE)
                .everywhere()
                .to("bob"));
    }

    @BeforeEach
    void cloud() {
        count++;
        east = add("east");
        farm(hostType(HOST_TYPE, "east"));
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("reviewed-*", "project/*"));
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        OnAccepted.then = () -> {};
        BuildRequests.withdraw(r);
        for (TopLevelItem item : r.jenkins.getItems()) {
            item.delete();
        }
        for (Node node : r.jenkins.getNodes()) {
            r.jenkins.removeNode(node);
        }
        r.jenkins.clouds.removeIf(SmallCloud.class::isInstance);
    }

    @AfterAll
    static void table() throws IOException {
        ATTEMPTS.print();
    }

    private static SmallCloud add(String name) {
        SmallCloud cloud = new SmallCloud(name, r, 1);
        r.jenkins.clouds.add(cloud);
        return cloud;
    }

    private static HostType hostType(String name, String cloud) {
        return new HostType(name, new ExistingCloud(cloud, SmallCloud.LABEL));
    }

    /** Each host type has a builder {@code linux-…}. */
    private static void farm(HostType... hostTypes) {
        BuilderFarmConfiguration.get().setHostTypes(List.of(hostTypes));
        BuilderFarmConfiguration.get()
                .setBuilders(Stream.of(hostTypes)
                        .map(type -> new Builder(type.getName().replace("host-", "linux-"), type.getName()))
                        .toList());
    }

    private static FreeStyleProject reviewed() throws Exception {
        return freestyle(r, "reviewed-" + count, BUILDER);
    }

    /** A listed job's build gets the node, which then stays. */
    private static void honest() throws Exception {
        FreeStyleProject job = freestyle(r, "reviewed-honest-" + count, BUILDER);
        assertThat(r.assertBuildStatusSuccess(job.scheduleBuild2(0)).getBuiltOnStr())
                .isEqualTo("east-1");
    }

    /**
     * The job waits for exactly that reason; nothing was ordered for it, and the node that was ordered for another one then
     * stands idle beside it.
     */
    private void kept(String attempt, Job<?, ?> job, String reason) throws Exception {
        PretendMachines.await(() -> Attempts.why(job).contains(reason));
        assertThat(east.orders()).as("orders before the listed job's").isZero();
        honest();
        Queue.getInstance().maintain();
        assertThat(east.orders()).as("orders, with the listed job's").isOne();
        assertThat(Attempts.why(job)).contains(reason);
        ATTEMPTS.add(attempt, ORDERED, Attempts.why(job));
    }

    static Stream<Arguments> changesUnderReview() {
        return Stream.of(
                Arguments.of(
                        "Gerrit Trigger builds a patch set",
                        parameters("GERRIT_EVENT_TYPE", "patchset-created", "GERRIT_CHANGE_NUMBER", "4711"),
                        "builds a patch set of Gerrit change 4711"),
                Arguments.of(
                        "GitHub Pull Request Builder",
                        parameters("ghprbPullId", "12", "sha1", "origin/pr/12/merge"),
                        "builds GitHub pull request 12"),
                Arguments.of(
                        "a GitLab merge request",
                        parameters("gitlabMergeRequestIid", "3"),
                        "builds GitLab merge request 3"),
                Arguments.of(
                        "a multibranch build hands its CHANGE_ID on",
                        parameters("CHANGE_ID", "99"),
                        "builds change request 99"),
                Arguments.of(
                        "a build that asked for pre-submit builders",
                        new PreSubmit.Mark(),
                        "asked for pre-submit builders"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changesUnderReview")
    void changeUnderReview(String attempt, Action action, String reason) throws Exception {
        FreeStyleProject job = reviewed();
        schedule(job, action);
        kept(attempt, job, "host type host-east runs reviewed code only, and job " + job.getName() + " " + reason);
    }

    static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of("another job asks for the builder's label", BUILDER),
                Arguments.of("another job asks by an expression", "!windows && (host-east || nothing)"),
                Arguments.of("another job would take the cloud's own label too", BUILDER + " || " + SmallCloud.LABEL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("labels")
    void anotherJob(String attempt, String label) throws Exception {
        FreeStyleProject job = freestyle(r, "other", label);
        schedule(job);
        kept(
                attempt,
                job,
                "host type host-east is for jobs that the farm made and listed ones, and job other is neither");
    }

    /** Which no host type is, and no cloud makes: but a node that is there has both labels. */
    @Test
    void anotherJobAsksForBothLabels() throws Exception {
        honest();
        FreeStyleProject job = freestyle(r, "other", BUILDER + " && " + SmallCloud.LABEL);
        schedule(job);
        PretendMachines.await(() -> Attempts.why(job).contains("job other is neither"));
        ATTEMPTS.add(
                "another job asks for the builder's label and the cloud's own, beside an idle node",
                "queue, before the node takes it",
                Attempts.why(job));

        FreeStyleProject listed = freestyle(r, "reviewed-both", BUILDER + " && " + SmallCloud.LABEL);
        assertThat(r.assertBuildStatusSuccess(listed.scheduleBuild2(0)).getBuiltOnStr())
                .isEqualTo("east-1");
    }

    @Test
    void pipelineNestsNode() throws Exception {
        WorkflowJob job = pipeline(r, "nesting", "node('built-in') { " + ON_THE_FARM + " }");
        schedule(job);
        kept("a Pipeline nests node in node", job, "nesting #1 is neither");
    }

    @Test
    void outsiderConfiguresAListedJob() throws Exception {
        FreeStyleProject job = reviewed();
        try (ACLContext bob = as("bob")) {
            job.getBuildersList().add(new Shell("echo mine now"));
            job.save();
        }
        schedule(job);
        kept("a listed Freestyle job was configured by a non-admin", job, "was last configured by bob");
    }

    @Test
    void markedAsPreSubmit() throws Exception {
        FreeStyleProject job = reviewed();
        job.addProperty(new PreSubmit());
        schedule(job);
        kept("a listed job with the farm's pre-submit mark", job, "is marked as pre-submit");
    }

    @Test
    void chosenParameters() throws Exception {
        FreeStyleProject job = reviewed();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("REVISION", "master")));
        try (ACLContext bob = as("bob")) {
            schedule(job, parameters("REVISION", "refs/changes/11/4711/1"));
        }
        kept("a non-admin chooses a revision for a listed job", job, "bob chose REVISION");
    }

    @Test
    void triggeredByAChangeRequest() throws Exception {
        WorkflowJob change = pipeline(r, "change", "echo 'change'");
        change.addProperty(new PreSubmit());
        WorkflowRun run = r.buildAndAssertSuccess(change);
        FreeStyleProject job = reviewed();
        schedule(job, new CauseAction(new Cause.UpstreamCause(run)));
        kept("a change request triggers a listed job", job, run.getFullDisplayName() + " triggered it");
    }

    @Test
    void replayWithAChangedScript() throws Exception {
        WorkflowJob job = pipeline(r, "reviewed-replayed", "echo 'fine'");
        WorkflowRun run = r.buildAndAssertSuccess(job);
        try (ACLContext bob = as("bob")) {
            run.getAction(ReplayAction.class).run2(ON_THE_FARM, Map.of());
        }
        kept("a non-admin replays a listed Pipeline with a changed script", job, "bob replayed it");
    }

    @Test
    void restartFromAStage() throws Exception {
        WorkflowJob job = Restarts.job(r, "reviewed-restarted", BUILDER, Restarts.PRE_SUBMIT);
        Restarts.restart(r.buildAndAssertSuccess(job), "bob");
        kept(
                "an unreviewed build is restarted from a stage",
                job,
                "it repeats #1: reviewed-restarted #1 asked for pre-submit builders");
    }

    @Test
    void changeRequestOfAMultibranchProject() throws Exception {
        WorkflowMultiBranchProject project = r.jenkins.createProject(WorkflowMultiBranchProject.class, "project");
        project.getSourcesList().add(new BranchSource(new OneChangeSource(ON_THE_FARM)));
        project.scheduleBuild2(0).getFuture().get();

        WorkflowJob change = project.getItem("PR-12");
        String reason = "job project/PR-12 builds change request 12";
        PretendMachines.await(() -> Attempts.why(change).contains(reason));
        // Its sibling, the branch, gets the node, and that is the one that was ordered.
        WorkflowJob main = project.getItem("main");
        PretendMachines.await(() -> main.getLastBuild() != null);
        r.assertBuildStatusSuccess(r.waitForCompletion(main.getLastBuild()));
        assertThat(east.orders()).isOne();
        assertThat(Attempts.why(change)).contains(reason);
        ATTEMPTS.add("a change request of a multibranch project that is listed", ORDERED, Attempts.why(change));
    }

    /** The queue's answer is overtaken when the node has taken the build and hasn't begun with it. */
    @Test
    void noMoreListedWhenItBegins() throws Exception {
        FreeStyleProject job = reviewed();
        job.getBuildersList().add(new Shell("echo evil"));
        OnAccepted.then = () -> BuilderFarmConfiguration.get().setReviewedJobs(List.of());
        Run<?, ?> run = r.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        String said = "Not run on east-1: host type host-east is for jobs that the farm made and listed ones";
        String stopped = "node, before it starts anything";
        r.assertLogContains(said, run);
        r.assertLogNotContains("evil", run);
        ATTEMPTS.add("a job is taken off the list when its node has it already", stopped, said);

        BuilderFarmConfiguration.get().setReviewedJobs(List.of("reviewed-*"));
        WorkflowJob pipeline = pipeline(r, "reviewed-pipeline", "node('" + BUILDER + "') { sh 'echo evil$((1+1))' }");
        r.assertLogNotContains("evil2", r.assertBuildStatus(Result.FAILURE, pipeline.scheduleBuild2(0)));
        r.assertLogContains(said, pipeline.getLastBuild());
        ATTEMPTS.add("the same of a Pipeline's node block", stopped, said);
    }

    /** Where one of two host types takes anything, what mustn't run on the other one gets a node of the first. */
    @Test
    void elsewhere() throws Exception {
        add("west");
        HostType open = hostType("host-west", "west");
        open.setTrust(Trust.ANY);
        open.setUse(Use.ANY);
        farm(hostType(HOST_TYPE, "east"), open);
        FreeStyleProject job = freestyle(r, "other", "linux-east || linux-west");

        assertThat(r.assertBuildStatusSuccess(job.scheduleBuild2(0)).getBuiltOnStr())
                .isEqualTo("west-1");
        assertThat(east.orders()).isZero();

        ATTEMPTS.add(
                "another job asks for one of two host types",
                ORDERED,
                "gets a node of the other host type, which takes anything");
    }

    /** Something that happens between the queue's answer and the build's beginning. */
    @TestExtension
    public static final class OnAccepted implements ExecutorListener {
        static volatile Runnable then = () -> {};

        @Override
        public void taskAccepted(Executor executor, Queue.Task task) {
            if (executor.getOwner().getNode() instanceof SmallCloud.SmallNode) {
                then.run();
            }
        }
    }
}
