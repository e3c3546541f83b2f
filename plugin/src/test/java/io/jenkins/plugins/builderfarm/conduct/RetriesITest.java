package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.cloud.MachineAgents;
import io.jenkins.plugins.builderfarm.cloud.PretendMachines;
import io.jenkins.plugins.builderfarm.cloud.Shells;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.trust.Opinions;
import io.jenkins.plugins.builderfarm.trust.Review;
import io.jenkins.plugins.builderfarm.trust.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Freestyle build whose agent's process is killed, and what the farm makes of that. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RetriesITest {
    @RegisterExtension
    private static final InboundAgentExtension AGENTS = new InboundAgentExtension();

    private static final String ENDLESS = "echo began $WHAT on $BUILDER_MACHINE; while true; do sleep 1; done";

    private static JenkinsRule r;
    private static MachineAgents machines;
    private FreeStyleProject project;

    @BeforeAll
    static void share(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setNumExecutors(0);
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        machines = new MachineAgents(r, AGENTS);
    }

    @BeforeEach
    void farm() throws Exception {
        PretendMachines.configure(0);
        project = r.createFreeStyleProject("project");
        project.setAssignedLabel(Label.get(PretendMachines.BUILDER));
        project.getBuildersList().add(new Shell(ENDLESS));
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        r.jenkins.getQueue().clear();
        for (FreeStyleBuild build : project.getBuilds()) {
            if (build.isBuilding()) {
                build.doStop();
            }
        }
        r.waitUntilNoActivity();
        r.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        BuilderFarmConfiguration.get().setRetries(2);
        PretendMachines.forgetAll();
    }

    /** The build of that number, once its script has begun. */
    private FreeStyleBuild begun(int number) throws Exception {
        PretendMachines.await(() -> {
            machines.serve();
            FreeStyleBuild build = project.getBuildByNumber(number);
            return build != null && JenkinsRule.getLog(build).contains("\nbegan ");
        });
        return project.getBuildByNumber(number);
    }

    /** The build of that number, once it waits for its endless script. */
    private FreeStyleBuild running(int number) throws Exception {
        FreeStyleBuild build = begun(number);
        PretendMachines.await(() -> Shells.isAwaited(build));
        return build;
    }

    private FreeStyleBuild vanishes(int number) throws Exception {
        FreeStyleBuild build = running(number);
        machines.kill(build.getBuiltOnStr());
        return r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(build));
    }

    private void isTheLast(int number) throws Exception {
        r.waitUntilNoActivity();
        assertThat(r.jenkins.getQueue().getItems()).isEmpty();
        assertThat(project.getLastBuild().getNumber()).isEqualTo(number);
    }

    private static List<String> causes(Run<?, ?> run) {
        return run.getCauses().stream().map(Cause::getShortDescription).toList();
    }

    @Test
    void shouldBuildAgainTwiceAtTheMost() throws Exception {
        project.scheduleBuild2(0, new Cause.RemoteCause("example.org", "a note"));
        Set<String> nodes = new HashSet<>();
        for (int number = 1; number <= 3; number++) {
            nodes.add(vanishes(number).getBuiltOnStr());
        }
        isTheLast(3);

        assertThat(nodes).as("no machine's node is used twice").hasSize(3);
        String first = JenkinsRule.getLog(project.getBuildByNumber(1));
        assertThat(first)
                .contains(" of host-linux-test vanished: its agent's connection broke."
                        + " This build is queued again: retry 1 of 2.");
        r.assertLogContains("This build is queued again: retry 2 of 2.", project.getBuildByNumber(2));
        r.assertLogContains(
                "This build is not queued again: it was tried again as often as the farm is configured to.",
                project.getBuildByNumber(3));
        assertThat(causes(project.getBuildByNumber(2)))
                .hasSize(2)
                .contains("Started by remote host example.org with note: a note")
                .anyMatch(cause ->
                        cause.matches("Retry 1 of 2 after machine board\\d+ of host-linux-test vanished under #1"));
        assertThat(causes(project.getBuildByNumber(3)))
                .hasSize(2)
                .contains("Started by remote host example.org with note: a note")
                .anyMatch(cause ->
                        cause.matches("Retry 2 of 2 after machine board\\d+ of host-linux-test vanished under #2"));
        assertThat(Results.get().all())
                .extracting(BuildResult::outcome)
                .containsExactly(Outcome.MACHINE_VANISHED, Outcome.MACHINE_VANISHED, Outcome.MACHINE_VANISHED);
    }

    @Test
    void shouldBuildAsOftenAsConfigured() throws Exception {
        BuilderFarmConfiguration.get().setRetries(0);
        project.scheduleBuild2(0);
        r.assertLogContains(
                "This build is not queued again: the farm is configured to leave that to people.", vanishes(1));
        isTheLast(1);
    }

    @Test
    void shouldGiveTheSameParametersAndLeaveACodesFailureAlone() throws Exception {
        project.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHAT", "something")));
        // A person's choice, and in an unsecured Jenkins anybody's word is an administrator's.
        try (ACLContext person = ACL.as2(User.getById("ada", true).impersonate2())) {
            project.scheduleBuild2(
                    0,
                    new Cause.UserIdCause(),
                    new ParametersAction(new StringParameterValue("WHAT", "this and no other")));
        }
        r.assertLogContains("began this and no other", vanishes(1));

        project.getBuildersList().replace(new Shell("echo began $WHAT; exit 1"));
        FreeStyleBuild again = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begun(2)));

        r.assertLogContains("began this and no other", again);
        r.assertLogNotContains("vanished:", again);
        isTheLast(2);
        assertThat(Results.get().all())
                .extracting(BuildResult::outcome)
                .containsExactly(Outcome.MACHINE_VANISHED, Outcome.FAILED);
    }

    @Test
    void shouldNotBuildAgainWhatAPersonAborted() throws Exception {
        project.scheduleBuild2(0);
        FreeStyleBuild build = running(1);
        try (ACLContext person = ACL.as2(User.getById("ada", true).impersonate2())) {
            build.doStop();
        }
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(build));
        r.assertLogNotContains("vanished", build);
        isTheLast(1);
    }

    /** Somebody deletes the node under the build. */
    @Test
    void shouldNotBuildAgainWhatAPersonCutOff() throws Exception {
        project.scheduleBuild2(0);
        FreeStyleBuild build = running(1);
        r.jenkins.removeNode(r.jenkins.getNode(build.getBuiltOnStr()));
        r.waitForCompletion(build);
        r.assertLogNotContains("vanished", build);
        isTheLast(1);
    }

    /**
     * An administrator's choice of parameters is an administrator's choice the second time too; a retry whose original is
     * gone, or had other parameters, has nobody's word.
     */
    @Test
    void shouldTrustTheRetryAsTheFirst() throws Exception {
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.ADMINISTER).everywhere().to("admin");
        r.jenkins.setAuthorizationStrategy(rights);
        project.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHAT", "something")));
        try (ACLContext admin = ACL.as2(User.getById("admin", true).impersonate2())) {
            project.scheduleBuild2(
                    0, new Cause.UserIdCause(), new ParametersAction(new StringParameterValue("WHAT", "chosen")));
        }
        FreeStyleBuild first = vanishes(1);
        FreeStyleBuild retry = running(2);
        assertThat(Opinions.of(Subject.of(retry)).review()).isEqualTo(Review.REVIEWED);
        retry.doStop();
        r.waitForCompletion(retry);

        Cause again = new VanishedCause(first, "machine board1 of host-linux-test", 1, 2);
        assertThat(review(again, "other")).isEqualTo(Review.UNKNOWN);
        assertThat(review(again, "chosen")).isEqualTo(Review.REVIEWED);
        first.delete();
        assertThat(review(again, "chosen")).isEqualTo(Review.UNKNOWN);
    }

    /** What would be known of a build that some code of Jenkins's queued for that cause and with that parameter. */
    private Review review(Cause cause, String what) {
        r.jenkins.doQuietDown();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Queue.Item item = r.jenkins
                    .getQueue()
                    .schedule2(
                            project,
                            0,
                            new CauseAction(cause),
                            new ParametersAction(new StringParameterValue("WHAT", what)))
                    .getCreateItem();
            Review review = Opinions.of(Subject.of(item)).review();
            // Not cancel(item): the queue may hold another object for it by now, and then leaves that where it is.
            r.jenkins.getQueue().clear();
            return review;
        } finally {
            r.jenkins.doCancelQuietDown();
        }
    }
}
