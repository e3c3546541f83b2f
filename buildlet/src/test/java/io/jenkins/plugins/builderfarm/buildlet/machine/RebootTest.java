package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs touch")
class RebootTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), () -> Instant.EPOCH);

    @Test
    void shouldRunTheCommand() {
        Path file = directory.resolve("rebooted");
        assertThat(new Reboot("touch " + file, "Linux", log).begin()).isTrue();
        assertThat(file).exists();
    }

    @Test
    void shouldSayThatItFailed() {
        assertThat(new Reboot("false", "Linux", log).begin()).isFalse();
        assertThat(new Reboot("/no/such/command", "Linux", log).begin()).isFalse();
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("'false' failed", "/no/such/command");
    }

    @Test
    void shouldKnowTheSystemsCommands() {
        assertThat(Reboot.commands("Windows Server 2022")).containsExactly(List.of("shutdown", "/r", "/t", "0"));
        assertThat(Reboot.commands("SunOS")).containsExactly(List.of("shutdown", "-y", "-g0", "-i6"));
        assertThat(Reboot.commands("OpenBSD")).contains(List.of("shutdown", "-r", "now"));
    }
}
