package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine that reboots after its lease. It runs in a time namespace, in which Linux gives a boot time of one's choice;
 * its reboot command chooses the next.
 */
@Timeout(300)
final class RebootITest {
    private static final MachineId BOARD = Farm.board("board1");
    private static final int BOOTED_BEFORE = 100_000;
    private static final int BOOTED_NOW = 50_000;

    @TempDir
    private Path directory;

    @Test
    void shouldDialInWithANewBootTime() throws Exception {
        assumeTrue(canChooseItsBootTime(), "another boot time needs unshare --time, and root");
        Path uptime = Files.writeString(directory.resolve("uptime"), Integer.toString(BOOTED_BEFORE));
        Path reboot = script("reboot", "echo " + BOOTED_NOW + " > " + uptime);
        Path boot = script(
                "boot",
                "export BUILDER_REBOOT_COMMAND='sh " + reboot + "'",
                // The namespace is for the children of the one who makes it, and what ends this script ends its child.
                "exec unshare --time --boottime $(cat " + uptime + ") sh -c '\"$@\" & trap \"kill $!; wait $!\" TERM;"
                        + " wait $!' sh \"$@\"");
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine =
                    farm.machine(BOARD, farm.controller().url(), List.of("sh", boot.toString()), List.of(), "-reboot");
            Instant before = boot(farm.awaitIdle(BOARD));
            Path work = farm.home("board1").resolve("work");
            LeaseId lease = farm.begin(BOARD, "build: touch " + work.resolve("built"));
            farm.awaitFile(work.resolve("built"));

            farm.controller().coordinator().release(lease);

            machine.lines().await("rebooting: sh " + reboot, Farm.LIMIT);
            machine.lines().await("supervisor: exit 7$", Farm.LIMIT);
            MachineView back = farm.await(
                    BOARD,
                    view -> view.state() == MachineState.IDLE && boot(view).isAfter(before));
            assertThat(boot(back).getEpochSecond() - before.getEpochSecond())
                    .isBetween(BOOTED_BEFORE - BOOTED_NOW - 2L, BOOTED_BEFORE - BOOTED_NOW + 2L);
            assertThat(machine.starts()).isEqualTo(2);
        }
    }

    private static Instant boot(MachineView view) {
        return view.facts().orElseThrow().boot().orElseThrow();
    }

    private Path script(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name + ".sh"), List.of(lines));
    }

    private static boolean canChooseItsBootTime() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--time", "--boottime", "1", "--fork", "--kill-child", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
