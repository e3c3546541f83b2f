package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A thousand machines dial a real Jenkins at once, as after a restart, while a build runs on a leased one. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class StormITest {
    private static final String STORM = "host-storm";
    private static final int MACHINES = 1_000;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = RealJenkins.with("-Xmx768m");

    @TempDir
    Path directory;

    private Volunteers volunteers;

    @BeforeEach
    void start() throws Throwable {
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        jenkins.startJenkins();
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    @Test
    void shouldLetAThousandMachinesInAndLeaveTheBuildAlone() throws Throwable {
        String key = jenkins.runRemotely(StormITest::configure);
        Supervisor board = volunteers.machine("board1", jenkins.getUrl().toString(), key);
        Path go = directory.resolve("go");
        jenkins.runRemotely(StormITest::startBuild, go.toString());

        Path keyFile = Files.writeString(directory.resolve("storm-key"), jenkins.runRemotely(StormITest::stormKey));
        volunteers.storm(MACHINES, keyFile, jenkins.getUrl().toString());
        jenkins.runRemotely(StormITest::awaitAll);

        Files.createFile(go);
        jenkins.runRemotely(StormITest::finishBuild);
        assertThat(board.lines().count("agent: Connected"))
                .as("connections of the agent")
                .isOne();
        assertThat(board.lines().count("dialled in"))
                .as("connections of the buildlet")
                .isOne();
    }

    private static String configure(JenkinsRule r) {
        String key = Controller.configure(0, null, null, null);
        ReversePool pool = new ReversePool();
        pool.setSpares(0);
        List<HostType> hostTypes =
                new ArrayList<>(BuilderFarmConfiguration.get().getHostTypes());
        hostTypes.add(new HostType(STORM, pool));
        BuilderFarmConfiguration.get().setHostTypes(hostTypes);
        return key;
    }

    private static String stormKey(JenkinsRule r) {
        return Controller.key(STORM);
    }

    private static void startBuild(JenkinsRule r, String go) throws Throwable {
        FreeStyleProject project = Controller.freestyle(
                "steady", "i=0; until [ -e '" + go + "' ]; do i=$((i+1)); echo tick $i; sleep 0.2; done; echo ended");
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        r.waitForMessage("tick 3", build);
    }

    private static void awaitAll(JenkinsRule r) {
        Controller.await(() -> Farm.get()
                        .coordinator()
                        .hostType(new HostTypeName(STORM))
                        .orElseThrow()
                        .count(MachineState.IDLE)
                == MACHINES);
    }

    private static void finishBuild(JenkinsRule r) throws Throwable {
        FreeStyleBuild build =
                r.jenkins.getItemByFullName("steady", FreeStyleProject.class).getLastBuild();
        assertThat(build.isBuilding()).isTrue();
        r.waitForMessage("ended", build);
        r.assertBuildStatusSuccess(r.waitForCompletion(build));
        assertThat(Farm.get().refusals()).isEmpty();
        // The machine is told that its build is over while it is one of a thousand.
        Controller.await(() -> Controller.leased().isEmpty());
    }
}
