package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.SmallBox;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The smallest machine that the documents promise: 512 MiB, one processor, no swap. */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs control groups, or at least ulimit")
final class SmallMachineITest {
    private static final MachineId BOARD = Farm.board("board1");
    private static final long MEMORY = 512L << 20;
    /** What is left for a build beside us and the caches; dd holds one block in memory. */
    private static final String BUILD = "dd if=/dev/zero of=/dev/null bs=320M count=4";

    @TempDir
    private Path directory;

    @Test
    void shouldRunTheWholeChainIn512MiB() throws Exception {
        try (SmallBox box = SmallBox.of(MEMORY);
                Farm farm = Farm.open(directory)) {
            Supervisor machine =
                    farm.machine(BOARD, farm.controller().url(), box.prefix(), List.of("-XX:ActiveProcessorCount=1"));
            MachineView idle = farm.awaitIdle(BOARD);
            assertThat(idle.facts().orElseThrow().cpus()).isEqualTo(1);
            if (box.peak().isPresent()) {
                assertThat(idle.facts().orElseThrow().memory()).isCloseTo(MEMORY, within(1L << 20));
            }

            Path built = directory.resolve("built");
            LeaseId lease = farm.begin(BOARD, "build: " + BUILD + " && touch " + built + " && sleep 1000");
            farm.awaitFile(built);
            assertThat(machine.tree().stream().filter(SmallMachineITest::isJava))
                    .as("one JVM of ours while a build runs")
                    .hasSize(1);
            farm.controller().coordinator().release(lease);
            farm.awaitIdle(BOARD);
            assertThat(farm.build(BOARD).record().failures()).isZero();

            assertThat(box.killed()).isZero();
            box.peak().ifPresent(peak -> assertThat(peak).isGreaterThan(320L << 20));
            System.out.println("The whole chain, and a build of 320 MiB, in " + box + ": "
                    + (box.peak().isPresent()
                            ? (box.peak().getAsLong() >> 20) + " MiB at most, caches included"
                            : "done"));
        }
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("java"))
                .isPresent();
    }
}
