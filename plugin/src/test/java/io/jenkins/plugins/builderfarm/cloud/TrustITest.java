package io.jenkins.plugins.builderfarm.cloud;

import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.as;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.freestyle;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.parameters;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.pipeline;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.BooleanParameterDefinition;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.trust.PreSubmit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
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
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Each way we know to get code that nobody reviewed onto a volunteer's machine, with one that stands idle, and for each
 * kind of way its honest sibling, which gets the machine. The table at the end says what stopped which.
 */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TrustITest {
    private static final String ON_THE_FARM = "node('" + PretendMachines.BUILDER + "') { echo 'here' }";
    private static final Attempts ATTEMPTS = new Attempts("of the reverse pool");
    private static JenkinsRule r;
    private static int count;

    @BeforeAll
    static void farm(JenkinsRule rule) {
        r = rule;
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.ADMINISTER).everywhere().to("admin");
        rights.grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL, Item.CONFIGURE, Item.CREATE, Item.DELETE)
                .everywhere()
                .to("bob");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(rights);
        PretendMachines.configure(0);
        BuilderFarmConfiguration.get()
                .setReviewedJobs(List.of("reviewed", "reviewed-*", "reviewed/**", "project/*", "changes/PR-*"));
    }

    @BeforeEach
    void idleMachine() throws Exception {
        count++;
        if (PretendMachines.count(MachineState.IDLE) == 0) {
            PretendMachines.dial("board" + count);
        }
    }

    @AfterEach
    void emptyQueue() throws Exception {
        BuildRequests.withdraw(r);
    }

    @AfterAll
    static void table() throws IOException {
        ATTEMPTS.print();
    }

    private static FreeStyleProject reviewed() throws Exception {
        return freestyle(r, "reviewed-" + count, PretendMachines.BUILDER);
    }

    private static void getsTheMachine() throws Exception {
        PretendMachines.await(() -> PretendMachines.nodes().size() == 1);
    }

    @Test
    void listedJobGetsTheMachine() throws Exception {
        schedule(reviewed());
        getsTheMachine();
    }

    @Test
    void anotherJobAsksForTheLabel() throws Exception {
        FreeStyleProject job = freestyle(r, "other", PretendMachines.BUILDER);
        schedule(job);
        ATTEMPTS.keptInTheQueue(
                "another job asks for the builder's label",
                job,
                "host type host-linux-test is for jobs that the farm made and listed ones, and job other is neither");
    }

    @Test
    void anotherJobAsksByAnExpression() throws Exception {
        FreeStyleProject job = freestyle(r, "expression", "!windows && (host-linux-test || nothing)");
        schedule(job);
        ATTEMPTS.keptInTheQueue("another job asks by an expression", job, "job expression is neither");
    }

    @Test
    void pipelineNestsNode() throws Exception {
        WorkflowJob job = pipeline(r, "nesting", "node('built-in') { " + ON_THE_FARM + " }");
        schedule(job);
        ATTEMPTS.keptInTheQueue("a Pipeline nests node in node", job, "nesting #1 is neither");
    }

    @Test
    void listedPipelineGetsTheMachine() throws Exception {
        schedule(pipeline(r, "reviewed-pipeline", "node('built-in') { " + ON_THE_FARM + " }"));
        getsTheMachine();
    }

    @Test
    void outsiderConfiguresAListedJob() throws Exception {
        FreeStyleProject job = reviewed();
        JenkinsRule.WebClient bob = r.createWebClient().login("bob");
        HtmlForm form = bob.getPage(job, "configure").getFormByName("config");
        form.getTextAreaByName("description").setText("mine now");
        r.submit(form);
        schedule(job);
        ATTEMPTS.keptInTheQueue(
                "a listed Freestyle job was configured by a non-admin",
                job,
                "was last configured by bob, who may not administer the farm");

        // An administrator's look at it makes it good again.
        HtmlForm again =
                r.createWebClient().login("admin").getPage(job, "configure").getFormByName("config");
        r.submit(again);
        Queue.getInstance().maintain();
        getsTheMachine();
    }

    @Test
    void outsiderCreatesAJobWhoseNameIsListed() throws Exception {
        MockFolder folder = r.createFolder("reviewed");
        FreeStyleProject job;
        try (ACLContext bob = as("bob")) {
            job = folder.createProject(FreeStyleProject.class, "evil");
            job.setAssignedLabel(Label.get(PretendMachines.BUILDER));
        }
        schedule(job);
        ATTEMPTS.keptInTheQueue(
                "a non-admin creates a job that a listed pattern matches", job, "was last configured by bob");
    }

    @Test
    void outsiderRenamesAJobIntoTheList() throws Exception {
        FreeStyleProject job;
        try (ACLContext bob = as("bob")) {
            job = r.createFreeStyleProject("harmless");
            job.setAssignedLabel(Label.get(PretendMachines.BUILDER));
            job.renameTo("reviewed-renamed");
        }
        schedule(job);
        ATTEMPTS.keptInTheQueue("a non-admin renames a job to a listed name", job, "was last configured by bob");
    }

    @Test
    void changeRequestOfAMultibranchProject() throws Exception {
        WorkflowMultiBranchProject project = r.jenkins.createProject(WorkflowMultiBranchProject.class, "project");
        project.getSourcesList().add(new BranchSource(new OneChangeSource(ON_THE_FARM)));
        project.scheduleBuild2(0).getFuture().get();

        ATTEMPTS.keptInTheQueueBeside(
                "a change request of a multibranch project that is listed",
                project.getItem("PR-12"),
                "job project/PR-12 builds change request 12");
        // Its sibling, the branch, got the machine.
        getsTheMachine();
        assertThat(LeaseMatcher.get().served())
                .extracting(
                        want -> Queue.getInstance().getItem(want.item()).task.getOwnerTask())
                .containsExactly(project.getItem("main"));
    }

    @Test
    void gerritPatchSet() throws Exception {
        FreeStyleProject job = reviewed();
        schedule(job, parameters("GERRIT_EVENT_TYPE", "patchset-created", "GERRIT_CHANGE_NUMBER", "4711"));
        ATTEMPTS.keptInTheQueue("Gerrit Trigger builds a patch set", job, "builds a patch set of Gerrit change 4711");
    }

    @Test
    void forgedGerritSubmission() throws Exception {
        FreeStyleProject job = reviewed();
        try (ACLContext bob = as("bob")) {
            schedule(job, parameters("GERRIT_EVENT_TYPE", "change-merged", "GERRIT_REFSPEC", "refs/changes/11/4711/1"));
        }
        ATTEMPTS.keptInTheQueue(
                "a person pretends to be Gerrit Trigger after a submission",
                job,
                "bob chose GERRIT_EVENT_TYPE, GERRIT_REFSPEC");
    }

    @Test
    void gitHubPullRequest() throws Exception {
        FreeStyleProject job = reviewed();
        schedule(job, parameters("ghprbPullId", "12", "sha1", "origin/pr/12/merge"));
        ATTEMPTS.keptInTheQueue("GitHub Pull Request Builder", job, "builds GitHub pull request 12");
    }

    @Test
    void gitLabMergeRequest() throws Exception {
        FreeStyleProject job = reviewed();
        schedule(job, parameters("gitlabMergeRequestIid", "3"));
        ATTEMPTS.keptInTheQueue("a GitLab merge request", job, "builds GitLab merge request 3");
    }

    @Test
    void changeHandedOn() throws Exception {
        FreeStyleProject job = reviewed();
        schedule(job, parameters("CHANGE_ID", "99"));
        ATTEMPTS.keptInTheQueue("a multibranch build hands its CHANGE_ID on", job, "builds change request 99");
    }

    @Test
    void markedAsPreSubmit() throws Exception {
        FreeStyleProject job = reviewed();
        job.addProperty(new PreSubmit());
        schedule(job);
        ATTEMPTS.keptInTheQueue("a listed job with the farm's pre-submit mark", job, "is marked as pre-submit");
    }

    @Test
    void askedForPreSubmitBuilders() throws Exception {
        FreeStyleProject job = reviewed();
        schedule(job, new PreSubmit.Mark());
        ATTEMPTS.keptInTheQueue("a build that asked for pre-submit builders", job, "asked for pre-submit builders");
    }

    @Test
    void chosenParameters() throws Exception {
        FreeStyleProject job = reviewed();
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("REVISION", "master"),
                new BooleanParameterDefinition("LONG", false, "")));
        try (ACLContext bob = as("bob")) {
            schedule(job, parameters("REVISION", "refs/changes/11/4711/1"));
        }
        ATTEMPTS.keptInTheQueue(
                "a non-admin chooses a revision for a listed job", job, "bob chose REVISION for job " + job.getName());
        Queue.getInstance().clear();

        // Anybody who may build it may build what it was reviewed for, and an administrator anything.
        try (ACLContext bob = as("bob")) {
            schedule(job, parameters("REVISION", "master"));
        }
        getsTheMachine();
    }

    @Test
    void administratorChoosesParameters() throws Exception {
        FreeStyleProject job = reviewed();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("REVISION", "master")));
        try (ACLContext admin = as("admin")) {
            schedule(job, parameters("REVISION", "fix"));
        }
        getsTheMachine();
    }

    @Test
    void triggerChoosesParameters() throws Exception {
        FreeStyleProject job = reviewed();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("REVISION", "master")));
        schedule(
                job, parameters("REVISION", "anything"), new CauseAction(new Cause.RemoteCause("192.0.2.1", "a hook")));
        ATTEMPTS.keptInTheQueue("a web hook chooses a revision", job, "chose REVISION");
    }

    @Test
    void triggeredByAChangeRequest() throws Exception {
        WorkflowJob change = pipeline(r, "change-" + count, "echo 'change'");
        change.addProperty(new PreSubmit());
        WorkflowRun run = r.buildAndAssertSuccess(change);
        FreeStyleProject job = reviewed();
        schedule(job, new CauseAction(new Cause.UpstreamCause(run)));
        ATTEMPTS.keptInTheQueue(
                "a change request triggers a listed job", job, run.getFullDisplayName() + " triggered it");
    }

    @Test
    void replayWithAChangedScript() throws Exception {
        WorkflowJob job = pipeline(r, "reviewed-replayed", "echo 'fine'");
        WorkflowRun run = r.buildAndAssertSuccess(job);
        try (ACLContext bob = as("bob")) {
            run.getAction(ReplayAction.class).run2(ON_THE_FARM, Map.of());
        }
        ATTEMPTS.keptInTheQueue(
                "a non-admin replays a listed Pipeline with a changed script",
                job,
                "bob replayed it and may have changed its script");
    }

    @Test
    void restartFromAStage() throws Exception {
        WorkflowJob job = Restarts.job(r, "reviewed-restarted", PretendMachines.BUILDER, Restarts.PRE_SUBMIT);
        Restarts.restart(r.buildAndAssertSuccess(job), "bob");
        ATTEMPTS.keptInTheQueue(
                "an unreviewed build is restarted from a stage",
                job,
                "it repeats #1: reviewed-restarted #1 asked for pre-submit builders");
    }

    @Test
    void administratorsReplayGetsTheMachine() throws Exception {
        WorkflowJob job = pipeline(r, "reviewed-by-admin", "echo 'fine'");
        WorkflowRun run = r.buildAndAssertSuccess(job);
        try (ACLContext admin = as("admin")) {
            run.getAction(ReplayAction.class).run2(ON_THE_FARM, Map.of());
        }
        getsTheMachine();
    }

    @Test
    void anotherJobAsksForALeasedNodeByItsName() throws Exception {
        schedule(reviewed());
        getsTheMachine();
        LeasedNode leased = PretendMachines.nodes().get(0);
        FreeStyleProject job = freestyle(r, "thief", leased.getNodeName());
        schedule(job);
        PretendMachines.await(() -> Attempts.why(job).contains(leased.getNodeName()));
        Queue.BuildableItem item = (Queue.BuildableItem) job.getQueueItem();
        String said = new LeaseDispatcher().canTake(leased, item).getShortDescription();
        assertThat(said).contains("is only for what asks for host-linux-test");
        ATTEMPTS.add("another job asks for a leased node by its name", "queue, before the node takes it", said);
    }
}
