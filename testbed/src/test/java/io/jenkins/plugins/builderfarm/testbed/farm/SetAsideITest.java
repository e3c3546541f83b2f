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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine that can't be cleaned gets no work until it can. */
@Timeout(300)
final class SetAsideITest {
    private static final MachineId BOARD = Farm.board("board1");

    @TempDir
    private Path directory;

    @Test
    void shouldGetNoWorkUntilItIsClean() throws Exception {
        assumeTrue(canBeLocked(), "files that nobody can remove need chattr, and root");
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            Path started = directory.resolve("started");
            LeaseId lease = farm.begin(BOARD, "build: touch " + started + "; sleep 1000");
            farm.awaitFile(started);
            Path rest = Files.createFile(
                    farm.home("board1").resolve("work").resolve(lease.value()).resolve("rest"));
            lock(rest, true);
            try {
                farm.controller().coordinator().release(lease);

                MachineView view = farm.await(BOARD, now -> now.state() == MachineState.SET_ASIDE);
                assertThat(view.reasons()).singleElement().asString().contains("can't remove " + rest);
                assertThat(farm.controller().coordinator().reserve(Farm.TYPE)).isEmpty();
                machine.lines().await("not clean after " + lease + ": can't remove " + rest, Farm.LIMIT);
                machine.lines().await("set aside: can't remove " + rest, Farm.LIMIT);
                machine.lines().await("ending a process that the build left: .*sleep", Farm.LIMIT);
            } finally {
                lock(rest, false);
            }
            assertThat(farm.awaitIdle(BOARD).reasons()).isEmpty();
            assertThat(rest).doesNotExist();
            assertThat(machine.starts()).as("it came back by itself").isEqualTo(2);
            farm.build(BOARD);
        }
    }

    private boolean canBeLocked() throws Exception {
        Path probe = Files.createFile(directory.resolve("probe"));
        try {
            if (!lock(probe, true)) {
                return false;
            }
            try {
                Files.delete(probe);
                return false;
            } catch (IOException e) {
                lock(probe, false);
                return true;
            }
        } catch (IOException e) {
            return false; // there is no chattr
        }
    }

    private static boolean lock(Path file, boolean locked) throws IOException, InterruptedException {
        return new ProcessBuilder("chattr", locked ? "+i" : "-i", file.toString())
                        .start()
                        .waitFor()
                == 0;
    }
}
