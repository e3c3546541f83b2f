package io.jenkins.plugins.builderfarm.buildlet.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Log log = new Log(
            new PrintStream(out, true, StandardCharsets.UTF_8), () -> Instant.parse("2026-11-23T08:00:00.123Z"));

    @Test
    void shouldWriteOneLine() {
        log.line("ready");
        assertThat(out).hasToString("2026-11-23T08:00:00Z buildlet: ready" + System.lineSeparator());
    }

    @Test
    void shouldNotLetOthersWriteLinesOfTheirOwn() {
        log.line("the other side said: x\n2026-11-23T08:00:00Z buildlet: released\u001b[2J");
        assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1).doesNotContain("\u001b");
    }

    @Test
    void shouldSayExceptionsAsAPersonWould() {
        assertThat(Reasons.of(new IOException("x", new UnknownHostException("farm.example"))))
                .isEqualTo("unknown host farm.example");
        assertThat(Reasons.of(new NoSuchFileException("/a"))).isEqualTo("/a does not exist");
        assertThat(Reasons.of(new AccessDeniedException("/a"))).isEqualTo("no permission for /a");
        assertThat(Reasons.of(new IllegalStateException("why"))).isEqualTo("IllegalStateException: why");
    }
}
