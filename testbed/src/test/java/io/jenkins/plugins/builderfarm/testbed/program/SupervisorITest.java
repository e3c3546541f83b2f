package io.jenkins.plugins.builderfarm.testbed.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the supervised program is a shell script")
final class SupervisorITest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void shouldStartAgainWhateverTheExitCode() throws Exception {
        try (Supervisor supervisor = start("echo \"run as $WHO\"; exit 7")) {
            supervisor.lines().await("^run as nobody$", LIMIT);
            supervisor.lines().await("^supervisor: exit 7$", LIMIT);
            await().atMost(LIMIT).until(() -> supervisor.lines().count("^run as nobody$") >= 3);
        }
    }

    @Test
    void shouldKillARunWithItsChildren() throws Exception {
        try (Supervisor supervisor = start("sleep 1000 & echo \"child $!\"; wait")) {
            String line = supervisor.lines().await("^child ", LIMIT);
            long child = Long.parseLong(line.substring("child ".length()));
            supervisor.killRun();
            await().atMost(LIMIT).until(() -> ProcessHandle.of(child)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
            await().atMost(LIMIT).until(() -> supervisor.starts() >= 2);
        }
    }

    @Test
    void shouldStopForGood() throws Exception {
        Supervisor supervisor = start("echo up; exec sleep 1000");
        supervisor.lines().await("^up$", LIMIT);
        long[] pids = supervisor.tree().stream().mapToLong(ProcessHandle::pid).toArray();
        supervisor.close();
        assertThat(pids).isNotEmpty();
        await().atMost(LIMIT).until(() -> LongStream.of(pids)
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()));
        assertThat(supervisor.starts()).isEqualTo(1);
    }

    private Supervisor start(String script) throws Exception {
        Path file = Files.writeString(directory.resolve("script.sh"), script);
        return Supervisor.start(List.of("sh", file.toString()), Map.of("WHO", "nobody"), directory, new Lines());
    }
}
