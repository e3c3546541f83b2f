package io.jenkins.plugins.builderfarm.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code make run} without a Jenkins, and the program behind it. */
@Timeout(300)
final class DemoITest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "make run is a shell script")
    void shouldShowAMachineUpdateItselfAndEnd() throws Exception {
        List<String> command =
                List.of("sh", Path.of("../scripts/run.sh").toAbsolutePath().toString());
        Map<String, String> environment = Map.of("RUN_BUILD", "no", "PORT", "0", "RUN_ARGS", "--once");
        try (ManagedProcess run = ManagedProcess.start(command, environment, directory, new Lines())) {
            assertThat(run.awaitExit(LIMIT)).as(run.lines().all().toString()).isZero();
            assertThat(run.lines().all()).anyMatch(line -> line.startsWith("Without a Jenkins"));
            run.lines().await("back with buildlet 1.1", Duration.ZERO);
            run.lines().await("^All was shown", Duration.ZERO);
        }
    }

    @Test
    void shouldLeaveNoProcessBehindWhenStopped() throws Exception {
        try (ManagedProcess demo = demo("--directory", home().toString(), "--port", "0")) {
            demo.lines().await("waits for a lease", LIMIT);
            List<ProcessHandle> all = demo.tree();
            assertThat(all).hasSizeGreaterThanOrEqualTo(3); // itself, the bucket, stage0
            demo.stop();
            await().atMost(LIMIT).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldKeepItsFilesFromOthers() throws Exception {
        try (ManagedProcess demo = demo("--directory", home().toString(), "--port", "0", "--once")) {
            assertThat(demo.awaitExit(LIMIT)).isZero();
            assertThat(mode(home())).isEqualTo("rwx------");
            assertThat(mode(home().resolve("machine/builder-key"))).isEqualTo("rw-------");
            assertThat(mode(home().resolve("signing-key.pem"))).isEqualTo("rw-------");
        }
    }

    @Test
    void shouldTouchNoFolderButItsOwn() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "work");
        try (ManagedProcess demo = demo("--directory", directory.toString(), "--once")) {
            assertThat(demo.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(demo.lines().all())
                    .containsExactly("demo: --directory " + directory
                            + ": holds something that is not a demo (--help says more)");
            assertThat(precious).hasContent("work");
        }
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ManagedProcess demo = demo(
                        "--directory", home().toString(), "--port", String.valueOf(taken.getLocalPort()), "--once")) {
            assertThat(demo.awaitExit(LIMIT)).isEqualTo(74);
            demo.lines().await("^demo: .*" + taken.getLocalPort() + ".*in use", Duration.ZERO);
        }
    }

    private Path home() {
        return directory.resolve("demo");
    }

    private ManagedProcess demo(String... flags) throws Exception {
        return ManagedProcess.start(Programs.testbed(Demo.class, List.of(flags)), Map.of(), directory, new Lines());
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
