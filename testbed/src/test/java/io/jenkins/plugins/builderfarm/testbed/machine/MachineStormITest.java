package io.jenkins.plugins.builderfarm.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program and what it makes of bad input. */
@Timeout(120)
final class MachineStormITest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseUnknownFlags() throws Exception {
        assertThat(run(2, "--controller", "http://127.0.0.1:1/", "--key-file", "k", "--wind", "9"))
                .containsExactly("storm: Unknown options: '--wind', '9' (--help says more)");
    }

    @Test
    void shouldRefuseAControllerThatIsNone() throws Exception {
        Path key = Files.writeString(
                directory.resolve("key"),
                BuilderKey.derive(MasterKey.of(new byte[] {1}), new HostTypeName("host-a"), 1)
                        .print());
        assertThat(run(2, "-controller=ftp://x", "-key-file", key.toString()))
                .containsExactly("storm: controller URL 'ftp://x' is neither https nor http (--help says more)");
    }

    @Test
    void shouldSayThatTheKeyFileIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "hello");
        assertThat(run(3, "--controller", "http://127.0.0.1:1/", "--key-file", file.toString()))
                .containsExactly(
                        "storm: key file " + file + ": this is not a builder key: one starts with 'bfk1:host-'");
    }

    private List<String> run(int expected, String... flags) throws Exception {
        try (ManagedProcess storm = ManagedProcess.start(
                Programs.testbed(MachineStorm.class, List.of(flags)), Map.of(), directory, new Lines())) {
            assertThat(storm.awaitExit(LIMIT)).isEqualTo(expected);
            return storm.lines().all();
        }
    }
}
