package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed, not stopped, in the middle of two builds: one that can go on, and one that can't. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class CrashITest {
    private static final String PIPELINE = "long";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = RealJenkins.with("-Xmx512m");

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
        volunteers.machine("board2", jenkins.getUrl().toString(), key);
    }

    private static String configure(JenkinsRule r) {
        return Controller.configure(0, null, null, null);
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    @Test
    void shouldGoOnWithThePipelineAndNeverBuildTwiceOnOneNode() throws Throwable {
        String go = directory.resolve("go").toString();
        jenkins.runRemotely(CrashITest::startPipeline, go);
        String used = jenkins.runRemotely(CrashITest::buildForEver);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        // The Pipeline still has its machine, so this one runs where the endless build was.
        jenkins.runRemotely(CrashITest::buildAgain, used);
        jenkins.runRemotely(CrashITest::finishPipeline, go);
        assertThat(volunteers.leftovers("board1")).isEmpty();
        assertThat(volunteers.leftovers("board2")).isEmpty();
    }

    private static void startPipeline(JenkinsRule r, String go) throws Throwable {
        Pipelines.start(r, PIPELINE, go);
    }

    /** @return the node's name */
    private static String buildForEver(JenkinsRule r) throws Throwable {
        FreeStyleProject project =
                Controller.freestyle("endless", "echo began; touch ../../trace; while true; do sleep 1; done");
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        r.waitForMessage("began", build);
        assertThat(Controller.leased()).hasSize(2).allMatch(node -> node.isUsed());
        return build.getBuiltOnStr();
    }

    private static void buildAgain(JenkinsRule r, String used) throws Throwable {
        FreeStyleProject project = Controller.freestyle("again", "ls -a ../..; test ! -e ../../trace");
        FreeStyleBuild build = r.assertBuildStatusSuccess(Controller.build(project));
        assertThat(build.getBuiltOnStr()).isNotEqualTo(used).startsWith(Controller.HOST_TYPE);
        Controller.await(() -> Controller.leased().size() == 1);
        Controller.awaitMachines(1, MachineState.IDLE);
    }

    private static void finishPipeline(JenkinsRule r, String go) throws Throwable {
        Pipelines.finish(r, PIPELINE, go);
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(2, MachineState.IDLE);
    }
}
