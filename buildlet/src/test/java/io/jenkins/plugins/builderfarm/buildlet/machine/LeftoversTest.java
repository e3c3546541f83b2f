package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.support.TestLease;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs sleep and sh")
@Timeout(60)
class LeftoversTest {
    private static final LeaseId LEASE = TestLease.next();
    private static final Path PROC = Path.of("/", "proc");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), () -> Instant.EPOCH);
    private Process child;

    @AfterEach
    void end() {
        if (child != null) {
            child.destroyForcibly();
        }
    }

    /** A process whose child is an orphan: nobody's descendant any more. Its number is in the file "orphan". */
    private ProcessHandle orphan(ProcessBuilder builder) throws Exception {
        Path file = Files.createTempFile("orphan", "");
        builder.command("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $! > " + file);
        assertThat(builder.start().waitFor(10, TimeUnit.SECONDS)).isTrue();
        ProcessHandle orphan =
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
        Files.delete(file);
        return orphan;
    }

    private Leftovers leftovers() throws IOException {
        return new Leftovers(directory.toRealPath(), new ProcessTable(PROC), log);
    }

    @Test
    void shouldKillChildren() throws Exception {
        Leftovers leftovers = leftovers();
        child = new ProcessBuilder("sleep", "1000").start();
        assertThat(leftovers.kill(List.of())).isEmpty();
        assertThat(child.isAlive()).isFalse();
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("sleep", "process " + child.pid());
    }

    @Test
    void shouldSpareWhatRanBefore() throws Exception {
        child = new ProcessBuilder("sleep", "1000").start();
        assertThat(leftovers().kill(List.of())).isEmpty();
        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void shouldKillAnOrphanOfTheLease() throws Exception {
        assumeThat(PROC).exists();
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().put("NODE_NAME", LEASE.value());
        ProcessHandle orphan = orphan(builder);
        assertThat(leftovers().kill(List.of(TestLease.next()))).isEmpty();
        assertThat(orphan.isAlive()).isTrue();
        assertThat(leftovers().kill(List.of(LEASE))).isEmpty();
        assertThat(isAlive(orphan)).isFalse();
    }

    @Test
    void shouldKillAnOrphanInTheWorkDirectory() throws Exception {
        assumeThat(PROC).exists();
        Path workspace = Files.createDirectories(directory.resolve("workspace"));
        ProcessHandle orphan = orphan(new ProcessBuilder().directory(workspace.toFile()));
        assertThat(leftovers().kill(List.of())).isEmpty();
        assertThat(isAlive(orphan)).isFalse();
    }

    @Test
    void shouldNotMindAMachineWithoutProc() throws Exception {
        Leftovers leftovers = new Leftovers(directory, new ProcessTable(directory.resolve("no-proc")), log);
        child = new ProcessBuilder("sleep", "1000").start();
        assertThat(leftovers.kill(List.of(LEASE))).isEmpty();
        assertThat(child.isAlive()).isFalse();
    }

    /** An orphan that nobody waits for stays in the table when it is dead. */
    private static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !new ProcessTable(PROC).isZombie(process);
    }
}
