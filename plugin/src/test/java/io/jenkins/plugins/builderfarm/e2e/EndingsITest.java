package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.builderfarm.cloud.LeasedNode;
import io.jenkins.plugins.builderfarm.cloud.Shells;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** However a lease ends, the node is gone, the machine comes back clean, and the next build runs. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EndingsITest {
    private static final String ENDLESS = "echo began; while true; do sleep 1; done";

    @TempDir
    static Path directory;

    private static JenkinsRule r;
    private static Volunteers volunteers;
    private static Supervisor board;

    /** One Jenkins and one machine for all: each test leaves the machine idle, as the next one finds it. */
    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setNumExecutors(0);
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        board = volunteers.machine("board1", r.getURL().toString(), Controller.configure(0, null, null, null));
    }

    @AfterAll
    static void stop() {
        volunteers.close();
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        Controller.configure(0, null, null, null);
        for (TopLevelItem job : r.jenkins.getItems()) {
            job.delete();
        }
        // A spare that is wanted no more would be kept for another minute.
        for (LeasedNode node : Controller.leased()) {
            r.jenkins.removeNode(node);
        }
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(1, MachineState.IDLE);
    }

    private FreeStyleBuild endless() throws Exception {
        FreeStyleBuild build =
                Controller.freestyle("endless", ENDLESS).scheduleBuild2(0).waitForStart();
        begins(build);
        return build;
    }

    private void begins(FreeStyleBuild build) throws Exception {
        r.waitForMessage("began", build);
        Controller.await(() -> Shells.isAwaited(build));
    }

    private void nextBuildRuns() throws Exception {
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(1, MachineState.IDLE);
        assertThat(volunteers.leftovers("board1")).isEmpty();
        r.assertBuildStatusSuccess(Controller.build(Controller.freestyle("next", "true")));
    }

    @Test
    void shouldEndWithAnAbortedBuild() throws Exception {
        FreeStyleBuild build = endless();
        build.getExecutor().interrupt();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(build));
        nextBuildRuns();
    }

    @Test
    void shouldEndWithANodeThatIsDeletedByHand() throws Exception {
        FreeStyleBuild build = endless();
        Jenkins.get().removeNode(Controller.leased().get(0));
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(build));
        nextBuildRuns();
    }

    @Test
    void shouldEndWithAMachineThatLosesPower() throws Exception {
        FreeStyleBuild build = endless();
        board.killRun();
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(build));
        // The farm queues it again, on the machine that comes back; as endless as before, so it is aborted.
        Controller.await(() -> build.getProject().getLastBuild().getNumber() == 2);
        FreeStyleBuild again = build.getProject().getLastBuild();
        begins(again);
        again.getExecutor().interrupt();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(again));
        assertThat(again.getBuiltOnStr()).isNotEqualTo(build.getBuiltOnStr());
        nextBuildRuns();
    }

    @Test
    void shouldEndWithAPipelinesNodeBlock() throws Exception {
        WorkflowJob job = Pipelines.create(
                "two",
                "node('" + Controller.BUILDER + "') { sh 'echo first on $NODE_NAME' }\n" + "node('" + Controller.BUILDER
                        + "') { sh 'echo second on $NODE_NAME' }");
        WorkflowRun run = r.assertBuildStatusSuccess(job.scheduleBuild2(0));
        String log = Controller.log(run);
        assertThat(nodeAfter("first on ", log)).isNotEqualTo(nodeAfter("second on ", log));
        nextBuildRuns();
    }

    private static String nodeAfter(String words, String log) {
        return log.replaceAll("(?s).*\n" + words + "(\\S+).*", "$1");
    }

    @Test
    void shouldTakeASpareLikeAPermanentAgentAndMakeTheNextOne() throws Exception {
        Controller.configure(1, null, null, null);
        Controller.awaitMachines(1, MachineState.SPARE);
        LeasedNode spare = Controller.leased().get(0);

        FreeStyleBuild build =
                r.assertBuildStatusSuccess(Controller.build(Controller.freestyle("quick", "echo on $BUILDER_NAME")));

        assertThat(build.getBuiltOnStr()).isEqualTo(spare.getNodeName());
        assertThat(Controller.log(build)).contains("on " + Controller.BUILDER);
        Controller.await(() -> Controller.leased().stream().noneMatch(node -> node == spare));
        Controller.awaitMachines(1, MachineState.SPARE);
    }
}
