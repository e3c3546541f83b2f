package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.testbed.program.SmallBox;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins's own agent on the smallest machine that the documents promise: 512 MiB, one processor, no swap. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs control groups, or at least ulimit")
class SmallMachineITest {
    private static final long MEMORY = 512L << 20;
    /** dd holds one block in memory. */
    private static final int BLOCK_MIB = 256;

    @TempDir
    Path directory;

    @Test
    void shouldRunBuildsIn512MiB(JenkinsRule r) throws Exception {
        r.jenkins.setNumExecutors(0);
        try (SmallBox box = SmallBox.of(MEMORY);
                Volunteers volunteers = new Volunteers(directory)) {
            volunteers.release("1.0");
            String key = Controller.configure(0, null, null, null);
            Supervisor board = volunteers.machine(box, "board1", r.getURL().toString(), key);
            Controller.awaitMachines(1, MachineState.IDLE);

            FreeStyleBuild build = Controller.freestyle(
                            "large",
                            "dd if=/dev/zero of=/dev/null bs=" + BLOCK_MIB + "M count=4; echo began; sleep 1000")
                    .scheduleBuild2(0)
                    .waitForStart();
            r.waitForMessage("began", build);
            assertThat(board.tree().stream()
                            .filter(process ->
                                    process.info().command().orElse("").endsWith("java")))
                    .as("one JVM of ours while a build runs")
                    .hasSize(1);
            build.getExecutor().interrupt();
            r.waitForCompletion(build);
            Controller.await(() -> Controller.leased().isEmpty());
            Controller.awaitMachines(1, MachineState.IDLE);

            r.assertBuildStatusSuccess(Controller.build(Controller.freestyle("next", "true")));
            assertThat(box.killed()).isZero();
            box.peak().ifPresent(peak -> assertThat(peak).isGreaterThan((long) BLOCK_MIB << 20));
            System.out.println("Jenkins's agent and a build of " + BLOCK_MIB + " MiB in " + box
                    + (box.peak().isPresent() ? ": " + (box.peak().getAsLong() >> 20) + " MiB at most" : ""));
        }
    }
}
