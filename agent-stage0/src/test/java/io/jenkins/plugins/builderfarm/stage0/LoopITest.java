package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine without a process supervisor. */
@Timeout(300)
final class LoopITest extends SeasonedMachine {
    private static final String LEASE = "\nprogress dialled-in\nprogress leased a\nprogress released a\n";

    @Test
    void shouldStartAgainAndAgainInALoop() throws Exception {
        farm.publish(TestRelease.of("1.4", "progress dialled-in\nprogress leased a\nprogress released a\nreturn 0"));
        Process process = machine.start("-loop");
        machine.awaitRuns(process, 3);
        farm.publish(TestRelease.of("1.5", "return 1"));
        machine.await(process, () -> machine.versions().contains("1.5"));
        farm.publish(TestRelease.of("1.6", "progress dialled-in\nprogress leased b\nprogress released b\nreturn 7"));

        TestMachine.Run run = machine.finish(process);

        assertThat(run.code()).isEqualTo(7);
        assertThat(run.log()).contains("starts again in ");
        assertThat(machine.versions())
                .startsWith("1.3", "1.4", "1.4")
                .contains("1.5")
                .endsWith("1.6");
    }

    @Test
    void shouldRunEachBuildletInAProcessOfItsOwn() throws Exception {
        farm.publish(TestRelease.of("1.4", "process" + LEASE + "return 0"));
        Process loop = machine.start("--loop=true", "-buildlet-flag", "-loop");
        machine.awaitRuns(loop, 4);
        loop.destroy();
        machine.finish(loop);

        List<String> processes = processes();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(processes).doesNotContain(Long.toString(loop.pid()));
        assertThat(machine.runs().get(1)).contains(" -loop ");
    }

    @Test
    void shouldTakeItsRunAlongWhenItIsEnded() throws Exception {
        farm.publish(TestRelease.of("1.4", "process\nprogress dialled-in\nhang"));
        Process loop = machine.start("-loop");
        machine.await(
                loop,
                () -> Files.exists(machine.work().resolve("processes"))
                        && Files.readString(machine.state().resolve("progress")).contains("dialled-in"));
        ProcessHandle run = ProcessHandle.of(Long.parseLong(processes().get(0))).orElseThrow();

        loop.destroy();

        assertThat(machine.finish(loop).code()).isEqualTo(143);
        assertThat(run.isAlive()).isFalse();
        farm.publish(TestRelease.of("1.5", TestRelease.WELL));
        assertThat(machine.run().log())
                .contains("starts release 1.5")
                .doesNotContain("failed before it had finished a lease");
    }

    private List<String> processes() throws Exception {
        return Files.readAllLines(machine.work().resolve("processes"));
    }
}
