package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.releases.ReleasePoller;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    private static final String PIPELINE = "long";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = RealJenkins.with("-Xmx512m");

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

    private static String configure(JenkinsRule r, String bucket, String endpoint, String releaseKey) {
        return Controller.configure(0, bucket, endpoint, releaseKey);
    }

    /** One Jenkins for all of it: every start of one costs as much as the rest. */
    @Test
    void shouldBuildUpdateAndGoOnAfterARestart() throws Throwable {
        String key = jenkins.runRemotely(
                WholeFarmITest::configure, volunteers.bucketFolder(), volunteers.endpoint(), volunteers.releaseKey());
        volunteers.machine("board1", controller, key);
        jenkins.runRemotely(WholeFarmITest::buildFirst);
        assertThat(volunteers.leftovers("board1")).isEmpty();

        volunteers.release("1.1");
        jenkins.runRemotely(WholeFarmITest::buildWithNewerBuildlet);

        volunteers.machine("board2", controller, key);
        jenkins.runRemotely(WholeFarmITest::buildTwoAtOnce, directory.toString());

        String go = directory.resolve("go").toString();
        jenkins.runRemotely(WholeFarmITest::startPipeline, go);
        jenkins.stopJenkins();
        jenkins.startJenkins();
        jenkins.runRemotely(WholeFarmITest::finishPipeline, go);
    }

    private static void buildFirst(JenkinsRule r) throws Throwable {
        FreeStyleProject project = Controller.freestyle(
                "first", "env | sort; echo root=$(cd ../.. && pwd -P); echo kept > file; echo temporary=$(mktemp)");
        FreeStyleBuild build = r.assertBuildStatusSuccess(Controller.build(project));

        assertThat(Controller.log(build))
                .contains("BUILDER_NAME=" + Controller.BUILDER)
                .contains("BUILDER_HOST_TYPE=" + Controller.HOST_TYPE)
                .contains("BUILDER_MACHINE=board1")
                .contains("BUILDLET_VERSION=1.0")
                .contains("GOARCH=riscv64")
                .contains("GO_TEST_FLAGS=-race");
        // What builds put there goes with the rest of the work directory.
        String work = lineAfter("root=", Controller.log(build));
        assertThat(lineAfter("temporary=", Controller.log(build))).startsWith(work + "/tmp/");
        // The node goes, the machine cleans up and is back.
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachine(machine ->
                machine.state() == MachineState.IDLE && machine.record().builds() == 1);
    }

    private static String lineAfter(String words, String log) {
        return log.replaceAll("(?s).*\n" + words + "([^\n]+).*", "$1");
    }

    private static void buildWithNewerBuildlet(JenkinsRule r) throws Throwable {
        assertThat(ReleasePoller.get().check()).contains("1.1");
        Controller.awaitMachine(machine -> machine.state() == MachineState.IDLE
                && machine.facts().orElseThrow().buildlet().value().equals("1.1"));
        FreeStyleBuild build = r.assertBuildStatusSuccess(
                Controller.build(r.jenkins.getItemByFullName("first", FreeStyleProject.class)));
        assertThat(Controller.log(build)).contains("BUILDLET_VERSION=1.1");
    }

    /** Each build waits for the other one's sign, so both end only if they run at the same time. */
    private static void buildTwoAtOnce(JenkinsRule r, String directory) throws Throwable {
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

    private static void startPipeline(JenkinsRule r, String go) throws Throwable {
        Controller.await(() -> Controller.leased().isEmpty());
        Pipelines.start(r, PIPELINE, go);
        assertThat(classesLoadedOneByOne())
                .as("what first-classes.txt does not list any more")
                .isLessThan(20);
    }

    /** Each is a round trip before the first line of output. */
    private static int classesLoadedOneByOne() throws Exception {
        return ((SlaveComputer) Controller.leased().get(0).toComputer()).getClassLoadingCount();
    }

    private static void finishPipeline(JenkinsRule r, String go) throws Throwable {
        assertThat(Controller.leased()).hasSize(1).allMatch(node -> node.isUsed());
        Pipelines.finish(r, PIPELINE, go);
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(2, MachineState.IDLE);
    }
}
