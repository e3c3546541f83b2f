package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.builderfarm.cloud.LeasedNode;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed, not stopped, in the middle of a build. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class CrashITest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().javaOptions("-Xmx512m").withPort(FreePort.any());

    @TempDir
    Path directory;

    private Volunteers volunteers;

    @BeforeEach
    void start() throws Throwable {
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        jenkins.startJenkins();
        String key = jenkins.runRemotely(CrashITest::configure);
        volunteers.machine("board1", jenkins.getUrl().toString(), key);
    }

    private static String configure(JenkinsRule r) {
        return Controller.configure(0, null, null, null);
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    @Test
    void shouldTakeTheMachineBackAndNeverBuildTwiceOnOneNode() throws Throwable {
        String used = jenkins.runRemotely(CrashITest::buildForEver);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(CrashITest::buildAgain, used);
        assertThat(volunteers.leftovers("board1")).isEmpty();
    }

    /** @return the node's name */
    private static String buildForEver(JenkinsRule r) throws Throwable {
        FreeStyleProject project =
                Controller.freestyle("endless", "echo began; touch ../../trace; while true; do sleep 1; done");
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        r.waitForMessage("began", build);
        LeasedNode node = Controller.leased().get(0);
        assertThat(node.isUsed()).isTrue();
        return node.getNodeName();
    }

    private static void buildAgain(JenkinsRule r, String used) throws Throwable {
        FreeStyleProject project = Controller.freestyle("again", "ls -a ../..; test ! -e ../../trace");
        FreeStyleBuild build = r.assertBuildStatusSuccess(Controller.build(project));
        assertThat(build.getBuiltOnStr()).isNotEqualTo(used).startsWith(Controller.HOST_TYPE);
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(1, MachineState.IDLE);
    }

    @Test
    void shouldGoOnWithAPipeline() throws Throwable {
        Path go = directory.resolve("go");
        jenkins.runRemotely(CrashITest::startPipeline, go.toString());
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(CrashITest::finishPipeline, go.toString());
    }

    private static void startPipeline(JenkinsRule r, String go) throws Throwable {
        WorkflowJob job = Controller.pipeline(
                "long",
                "node('" + Controller.BUILDER + "') {\n"
                        + "  sh 'echo began; until [ -e \"" + go + "\" ]; do sleep 0.1; done; echo ended'\n"
                        + "}");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        r.waitForMessage("began", run);
    }

    private static void finishPipeline(JenkinsRule r, String go) throws Throwable {
        Files.createFile(Path.of(go));
        WorkflowRun run = r.jenkins.getItemByFullName("long", WorkflowJob.class).getLastBuild();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        assertThat(Controller.log(run)).contains("ended");
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(1, MachineState.IDLE);
    }
}
