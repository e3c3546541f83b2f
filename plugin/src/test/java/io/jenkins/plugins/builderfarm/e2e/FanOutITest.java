package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** A Pipeline that fans out over three machines of two host types, and a controller that restarts in the middle. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class FanOutITest {
    private static final String PIPELINE = "fan-out";

    /** Those of the first host type, and the other one's. */
    private static final List<String> BUILDERS = List.of("linux-one", "linux-two", "windows-three");

    private static final List<String> HOST_TYPES = List.of("host-linux", "host-windows");

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
        String[] keys = jenkins.runRemotely(FanOutITest::configure).split("\n");
        String controller = jenkins.getUrl().toString();
        volunteers.machine("board1", controller, keys[0]);
        volunteers.machine("board2", controller, keys[0]);
        volunteers.machine("board3", controller, keys[1]);
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    /** @return a key for each host type, a line each */
    private static String configure(JenkinsRule r) {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        farm.setReviewedJobs(List.of(PIPELINE));
        farm.setHostTypes(HOST_TYPES.stream().map(FanOutITest::hostType).toList());
        farm.setBuilders(List.of(
                new Builder(BUILDERS.get(0), HOST_TYPES.get(0)),
                new Builder(BUILDERS.get(1), HOST_TYPES.get(0)),
                new Builder(BUILDERS.get(2), HOST_TYPES.get(1))));
        return Controller.key(HOST_TYPES.get(0)) + "\n" + Controller.key(HOST_TYPES.get(1));
    }

    private static HostType hostType(String name) {
        ReversePool pool = new ReversePool();
        pool.setSpares(0);
        return new HostType(name, pool);
    }

    @Test
    void shouldFinishEveryBranchAfterARestart() throws Throwable {
        String go = directory.resolve("go").toString();
        jenkins.runRemotely(FanOutITest::fanOut, go);
        jenkins.stopJenkins();
        jenkins.startJenkins();
        jenkins.runRemotely(FanOutITest::finish, go);
        for (String board : List.of("board1", "board2", "board3")) {
            assertThat(volunteers.leftovers(board)).as(board).isEmpty();
        }
    }

    /** Every branch is in the middle of a step when this returns. */
    private static void fanOut(JenkinsRule r, String go) throws Throwable {
        WorkflowRun run = Pipelines.create(PIPELINE, """
                        def branches = [:]
                        for (b in builders(repository: 'net', branch: 'master')) {
                            def builder = b
                            branches[builder.name] = {
                                node(builder.label) {
                                    sh 'echo $BUILDER_NAME began on $BUILDER_MACHINE; \
                                        until [ -e "GO" ]; do sleep 0.1; done; \
                                        echo $BUILDER_NAME ended on $BUILDER_MACHINE'
                                    sh 'echo $BUILDER_NAME again on $BUILDER_MACHINE'
                                }
                            }
                        }
                        parallel branches
                        """.replace("GO", go))
                .scheduleBuild2(0)
                .waitForStart();
        for (String builder : BUILDERS) {
            r.waitForMessage(builder + " began on board", run);
        }
        assertThat(Controller.leased()).hasSize(3).allMatch(node -> node.isUsed());
    }

    private static void finish(JenkinsRule r, String go) throws Throwable {
        WorkflowRun run =
                r.jenkins.getItemByFullName(PIPELINE, WorkflowJob.class).getLastBuild();
        assertThat(run.isBuilding()).isTrue();
        assertThat(Controller.leased()).hasSize(3).allMatch(node -> node.isUsed());
        Files.createFile(Path.of(go));
        r.assertBuildStatusSuccess(r.waitForCompletion(run));

        String log = Controller.log(run);
        Map<String, String> began = machines("began", log);
        assertThat(began).containsOnlyKeys(BUILDERS).containsEntry(BUILDERS.get(2), "board3");
        assertThat(began.values()).doesNotHaveDuplicates();
        assertThat(machines("ended", log)).isEqualTo(began);
        assertThat(machines("again", log)).isEqualTo(began);
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(3, MachineState.IDLE);
    }

    /** By builder, where its branch said that. */
    private static Map<String, String> machines(String word, String log) {
        Map<String, String> machines = new TreeMap<>();
        Matcher matcher = Pattern.compile("(?m)^(\\S+) " + word + " on (\\S+)$").matcher(log);
        while (matcher.find()) {
            machines.put(matcher.group(1), matcher.group(2));
        }
        return machines;
    }
}
