package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogTest {
    @Test
    void shouldWriteOneLineWhateverComes() {
        TestLog log = new TestLog();
        log.log().say("one\ntwo\u001b[31m\r");
        assertThat(log.lines()).containsExactly("2026-11-23T08:00:00Z stage0: one two [31m ");
    }
}
