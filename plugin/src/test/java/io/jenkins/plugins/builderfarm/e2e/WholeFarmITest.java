package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.releases.ReleasePoller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
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

/** From a signed release in a bucket to a finished build on a volunteer's machine. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class WholeFarmITest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().javaOptions("-Xmx512m").withPort(FreePort.any());

    @TempDir
    Path directory;

    private Volunteers volunteers;
    private String controller;

    @BeforeEach
    void start() throws Throwable {
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        jenkins.startJenkins();
        controller = jenkins.getUrl().toString();
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    private String configure(int spares) throws Throwable {
        return jenkins.runRemotely(
                WholeFarmITest::configureFarm,
                spares,
                volunteers.bucketFolder(),
                volunteers.endpoint(),
                volunteers.releaseKey());
    }

    private static String configureFarm(JenkinsRule r, int spares, String bucket, String endpoint, String releaseKey) {
        return Controller.configure(spares, bucket, endpoint, releaseKey);
    }

    @Test
    void shouldBuildOnAMachineThatDialledInAndThenUpdatesItself() throws Throwable {
        volunteers.machine("board1", controller, configure(0));
        jenkins.runRemotely(WholeFarmITest::buildFirst);

        assertThat(volunteers.leftovers("board1")).isEmpty();

        volunteers.release("1.1");
        jenkins.runRemotely(WholeFarmITest::buildWithNewerBuildlet);
    }

    private static void buildFirst(JenkinsRule r) throws Throwable {
        FreeStyleProject project = Controller.freestyle("first", "env | sort; pwd; echo kept > file");
        FreeStyleBuild build = r.assertBuildStatusSuccess(Controller.build(project));

        assertThat(Controller.log(build))
                .contains("BUILDER_NAME=" + Controller.BUILDER)
                .contains("BUILDER_HOST_TYPE=" + Controller.HOST_TYPE)
                .contains("BUILDER_MACHINE=board1")
                .contains("BUILDLET_VERSION=1.0")
                .contains("GOARCH=riscv64")
                .contains("GO_TEST_FLAGS=-race");
        // The node goes, the machine cleans up and is back.
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachine(machine ->
                machine.state() == MachineState.IDLE && machine.record().builds() == 1);
    }

    private static void buildWithNewerBuildlet(JenkinsRule r) throws Throwable {
        assertThat(ReleasePoller.get().check()).contains("1.1");
        Controller.awaitMachine(machine -> machine.state() == MachineState.IDLE
                && machine.facts().orElseThrow().buildlet().value().equals("1.1"));
        FreeStyleBuild build = r.assertBuildStatusSuccess(
                Controller.build(r.jenkins.getItemByFullName("first", FreeStyleProject.class)));
        assertThat(Controller.log(build)).contains("BUILDLET_VERSION=1.1");
    }

    @Test
    void shouldGoOnWithAPipelineAfterARestart() throws Throwable {
        volunteers.machine("board1", controller, configure(0));
        Path go = directory.resolve("go");
        jenkins.runRemotely(WholeFarmITest::startPipeline, go.toString());
        jenkins.stopJenkins();
        jenkins.startJenkins();
        jenkins.runRemotely(WholeFarmITest::finishPipeline, go.toString());
    }

    private static void startPipeline(JenkinsRule r, String go) throws Throwable {
        WorkflowJob job = Controller.pipeline(
                "long",
                "node('" + Controller.BUILDER + "') {\n"
                        + "  sh 'echo began on $BUILDER_MACHINE; until [ -e \"" + go
                        + "\" ]; do sleep 0.1; done; echo ended'\n"
                        + "  sh 'echo again on $BUILDER_NAME'\n"
                        + "}");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        r.waitForMessage("began on board1", run);
        assertThat(classesLoadedOneByOne())
                .as("what first-classes.txt does not list any more")
                .isLessThan(20);
    }

    /** Each is a round trip before the first line of output. */
    private static int classesLoadedOneByOne() throws Exception {
        return ((SlaveComputer) Controller.leased().get(0).toComputer()).getClassLoadingCount();
    }

    private static void finishPipeline(JenkinsRule r, String go) throws Throwable {
        WorkflowRun run = r.jenkins.getItemByFullName("long", WorkflowJob.class).getLastBuild();
        assertThat(run.isBuilding()).isTrue();
        assertThat(Controller.leased()).hasSize(1).allMatch(node -> node.isUsed());
        Files.createFile(Path.of(go));
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        assertThat(Controller.log(run)).contains("ended").contains("again on " + Controller.BUILDER);
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(1, MachineState.IDLE);
    }

    @Test
    void shouldServeTwoBuildsOnTwoMachinesAtOnce() throws Throwable {
        String key = configure(0);
        volunteers.machine("board1", controller, key);
        volunteers.machine("board2", controller, key);
        jenkins.runRemotely(WholeFarmITest::buildTwo, directory.toString());
    }

    /** Each build waits for the other one's sign, so both end only if they run at the same time. */
    private static void buildTwo(JenkinsRule r, String directory) throws Throwable {
        Controller.awaitMachines(2, MachineState.IDLE);
        String meet = "echo I am on $BUILDER_MACHINE; touch " + directory + "/sign-$BUILDER_MACHINE; " + "until [ -e "
                + directory + "/sign-board1 ] && [ -e " + directory + "/sign-board2 ]; do sleep 0.1; done";
        FreeStyleProject one = Controller.freestyle("one", meet);
        FreeStyleProject other = Controller.freestyle("other", meet);
        Future<FreeStyleBuild> first = one.scheduleBuild2(0);
        Future<FreeStyleBuild> second = other.scheduleBuild2(0);
        r.assertBuildStatus(Result.SUCCESS, first);
        r.assertBuildStatus(Result.SUCCESS, second);
    }
}
