package io.jenkins.plugins.builderfarm.buildlet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.buildlet.support.TestController;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentJarsTest {
    @TempDir
    Path directory;

    private TestController controller;
    private AgentJars jars;
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");

    @BeforeEach
    void start() throws Exception {
        controller = TestController.start();
        jars = new AgentJars(directory, controller.url(), () -> now);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void shouldFetchOnce() throws IOException {
        AgentJar wanted = controller.agentJar();
        Path jar = jars.get(wanted);
        assertThat(Sha256.of(jar)).isEqualTo(wanted.sha256());
        assertThat(jars.get(wanted)).isEqualTo(jar);
        assertThat(controller.agentFetches()).isEqualTo(1);
    }

    @Test
    void shouldFetchAgainWhatWasTamperedWith() throws IOException {
        AgentJar wanted = controller.agentJar();
        Path jar = jars.get(wanted);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[100] ^= 1;
        Files.write(jar, bytes);
        assertThat(Sha256.of(jars.get(wanted))).isEqualTo(wanted.sha256());
        assertThat(controller.agentFetches()).isEqualTo(2);
    }

    @Test
    void shouldNotKeepWhatIsNotTheOneNamed() throws IOException {
        AgentJar wanted = controller.agentJar();
        byte[] longer = new byte[(int) wanted.size() + 1];
        for (byte[] wrong : new byte[][] {{}, "short".getBytes(StandardCharsets.UTF_8), longer}) {
            controller.serveAgentJar(wrong);
            assertThatThrownBy(() -> jars.get(wanted))
                    .hasMessageContaining("is not the agent")
                    .hasMessageContaining(controller.url().toString());
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldSayWhatTheControllerAnswered() {
        AgentJar wanted = controller.agentJar();
        controller.serveAgentJar(null);
        assertThatThrownBy(() -> jars.get(wanted)).hasMessageContaining("HTTP 404");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldKeepOnlyTheLatest() throws IOException {
        for (int i = 0; i < 6; i++) {
            controller.replaceAgentJar(new byte[] {(byte) i});
            now = now.plusSeconds(60);
            Path jar = jars.get(controller.agentJar());
            Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.from(now));
        }
        try (Stream<Path> kept = Files.list(directory)) {
            assertThat(kept)
                    .hasSize(3)
                    .contains(directory.resolve(controller.agentJar().sha256() + ".jar"));
        }
    }
}
