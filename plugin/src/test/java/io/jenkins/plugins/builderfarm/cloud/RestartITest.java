package io.jenkins.plugins.builderfarm.cloud;

import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.as;
import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
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
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A restart runs the script that the first build ran, with its stashes, under the job as it is by now. So it counts as no
 * more than that build did, whoever asks for it; with an idle machine, as in {@link TrustITest}.
 */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartITest {
    private static final String FINE = "echo 'fine'";
    private static final String EVIL = "echo 'evil'";
    private static final String NOT_THEN = "build #1, which it repeats, didn't count as reviewed when it began";
    private static final Attempts ATTEMPTS = new Attempts("of the reverse pool, by restarts");
    private static JenkinsRule r;
    private static int count;

    @BeforeAll
    static void farm(JenkinsRule rule) {
        r = rule;
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.ADMINISTER).everywhere().to("admin");
        rights.grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("bob");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(rights);
        PretendMachines.configure(0);
    }

    @BeforeEach
    void idleMachine() {
        count++;
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("reviewed-*"));
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

    private static WorkflowJob job(String first) throws Exception {
        return Restarts.job(r, "reviewed-" + count, PretendMachines.BUILDER, first);
    }

    private static CpsFlowDefinition definition(String first) throws Exception {
        return new CpsFlowDefinition(Restarts.script(PretendMachines.BUILDER, first), true);
    }

    private static WorkflowRun replay(WorkflowRun run, String user, String first) throws Exception {
        try (ACLContext who = as(user)) {
            String script = Restarts.script(PretendMachines.BUILDER, first);
            Queue.Item item = run.getAction(ReplayAction.class).run2(script, Map.of());
            return (WorkflowRun) r.assertBuildStatusSuccess(
                    r.waitForCompletion((WorkflowRun) item.getFuture().waitForStart()));
        }
    }

    private static void getsTheMachine() throws Exception {
        PretendMachines.await(() -> PretendMachines.nodes().size() == 1);
    }

    /** What is known of a build is on the disk. */
    @ParameterizedTest
    @ValueSource(strings = {"bob", "admin"})
    void restartOfAReviewedBuildGetsTheMachine(String user) throws Exception {
        WorkflowJob job = job(FINE);
        WorkflowRun run = r.buildAndAssertSuccess(job);
        assertThat(run.getRootDir().toPath().resolve("build.xml"))
                .content()
                .containsOnlyOnce("<builder-farm-reviewed-at-start");
        job.doReload();
        Restarts.restart(job.getBuildByNumber(1), user);
        getsTheMachine();
    }

    /** From a restart too, which ended without a machine. */
    @Test
    void restartOfARestartGetsTheMachine() throws Exception {
        WorkflowJob job = job(FINE);
        Restarts.restart(r.buildAndAssertSuccess(job), "bob");
        getsTheMachine();
        emptyQueue();
        idleMachine();
        Restarts.restart(job.getLastBuild(), "bob");
        getsTheMachine();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(3);
    }

    @Test
    void administratorRestartsAnUnreviewedBuild() throws Exception {
        WorkflowJob job = job(Restarts.PRE_SUBMIT);
        Restarts.restart(r.buildAndAssertSuccess(job), "admin");
        ATTEMPTS.keptInTheQueue(
                "an administrator restarts an unreviewed build", job, "#1 asked for pre-submit builders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "admin"})
    void restartOfAReplay(String user) throws Exception {
        WorkflowJob job = job(FINE);
        Restarts.restart(replay(r.buildAndAssertSuccess(job), "bob", EVIL), user);
        ATTEMPTS.keptInTheQueue(
                user + " restarts a non-admin's replay with a changed script",
                job,
                "it repeats #2: bob replayed it and may have changed its script");
    }

    /** The script was an administrator's choice, and a restart can't change it. */
    @Test
    void restartOfAnAdministratorsReplayGetsTheMachine() throws Exception {
        WorkflowJob job = job(FINE);
        Restarts.restart(replay(r.buildAndAssertSuccess(job), "admin", "echo 'better'"), "bob");
        getsTheMachine();
    }

    /** A restart has the job's default parameters, but what the first build made of its own: its stashes, its variables. */
    @Test
    void restartOfABuildWithChosenParameters() throws Exception {
        WorkflowJob job = job(FINE);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("REVISION", "master")));
        WorkflowRun run;
        try (ACLContext bob = as("bob")) {
            run = r.assertBuildStatusSuccess(job.scheduleBuild2(0, parameters("REVISION", "refs/changes/11/4711/1")));
        }
        Restarts.restart(run, "bob");
        ATTEMPTS.keptInTheQueue(
                "a build with a revision of a non-admin's choice is restarted",
                job,
                "it repeats #1: bob chose REVISION");
    }

    /** A build of bob's script in a listed job, which an administrator has set right after it. */
    private static WorkflowRun oneOfBobs(WorkflowJob job) throws Exception {
        try (ACLContext bob = as("bob")) {
            job.setDefinition(definition(EVIL));
            job.save();
        }
        WorkflowRun run = r.buildAndAssertSuccess(job);
        try (ACLContext admin = as("admin")) {
            job.setDefinition(definition(FINE));
            job.save();
        }
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "admin"})
    void restartOfAScriptThatWasReplaced(String user) throws Exception {
        WorkflowJob job = job(FINE);
        Restarts.restart(oneOfBobs(job), user);
        ATTEMPTS.keptInTheQueue(
                user + " restarts the build of a script that an administrator has replaced since", job, NOT_THEN);
        emptyQueue();

        // As the job is now, it is fine.
        Restarts.restart(r.buildAndAssertSuccess(job), user);
        getsTheMachine();
    }

    /** By the button that shows no script, maybe. */
    @Test
    void administratorReplaysAScriptThatWasReplaced() throws Exception {
        WorkflowJob job = job(FINE);
        Restarts.restart(replay(oneOfBobs(job), "admin", EVIL), "admin");
        ATTEMPTS.keptInTheQueue(
                "an administrator replays the build of a script that was replaced since, and restarts that",
                job,
                NOT_THEN);
    }

    /** Which is allowed to who may build, shows no script, and leaves the cause of a replay. */
    @Test
    void rebuild() throws Exception {
        WorkflowJob job = job(FINE);
        Restarts.restart(replay(r.buildAndAssertSuccess(job), "bob", FINE), "bob");
        ATTEMPTS.keptInTheQueue(
                "a non-admin's rebuild of a listed Pipeline is restarted",
                job,
                "bob replayed it and may have changed its script");
    }

    @Test
    void restartOfABuildOfBeforeTheJobWasListed() throws Exception {
        BuilderFarmConfiguration.get().setReviewedJobs(List.of());
        WorkflowJob job = job(FINE);
        WorkflowRun run = r.buildAndAssertSuccess(job);
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("reviewed-*"));
        Restarts.restart(run, "bob");
        ATTEMPTS.keptInTheQueue("a build is restarted that was done before its job was listed", job, NOT_THEN);
    }

    @Test
    void restartOfABuildOfBeforeTheMarkWasTakenOff() throws Exception {
        WorkflowJob job = job(FINE);
        job.addProperty(new PreSubmit());
        WorkflowRun run = r.buildAndAssertSuccess(job);
        job.removeProperty(PreSubmit.class);
        Restarts.restart(run, "bob");
        ATTEMPTS.keptInTheQueue(
                "a build is restarted that was done when its job had the farm's pre-submit mark", job, NOT_THEN);
    }
}
