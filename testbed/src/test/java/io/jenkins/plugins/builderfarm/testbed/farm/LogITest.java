package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -log}, all that a machine's programs say is in the file, and the supervisor hears nothing. */
@Timeout(300)
final class LogITest {
    private static final MachineId BOARD = Farm.board("board1");
    private static final String DIALLED_IN = "buildlet: dialled in to ";

    @TempDir
    private Path directory;

    @Test
    void shouldSayEverythingInTheFile() throws Exception {
        try (Farm farm = Farm.open(directory)) {
            Path log = directory.resolve("stage0.log");
            Supervisor machine = farm.machine(BOARD, farm.controller().url(), List.of(), List.of(), "-log=" + log);
            farm.awaitIdle(BOARD);
            LeaseId lease = farm.begin(BOARD, "secret");
            farm.controller().coordinator().release(lease);
            farm.awaitIdle(BOARD);
            machine.killRun();
            Farm.patiently().until(() -> Files.readString(log).split(DIALLED_IN, -1).length == 4);
            farm.awaitIdle(BOARD);

            assertThat(machine.lines().all()).allMatch(line -> line.startsWith("supervisor: exit "));
            assertThat(Files.readAllLines(log)).allMatch(line -> line.matches("\\S+Z (stage0|buildlet): .+"));
            assertThat(Files.readString(log))
                    .containsSubsequence(
                            "stage0: fetched and verified release " + Farm.FIRST_RELEASE,
                            "stage0: starts release " + Farm.FIRST_RELEASE,
                            DIALLED_IN,
                            lease.value(),
                            "stage0: release " + Farm.FIRST_RELEASE + " ended with exit code 0",
                            DIALLED_IN,
                            "stage0: starts release " + Farm.FIRST_RELEASE,
                            DIALLED_IN)
                    .doesNotContain("secret");
        }
    }
}
