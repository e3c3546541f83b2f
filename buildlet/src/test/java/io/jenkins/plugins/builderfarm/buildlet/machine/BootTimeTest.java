package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootTimeTest {
    @Test
    void shouldBeInThePast() {
        assertThat(BootTime.read()).hasValueSatisfying(time -> assertThat(time).isBefore(Instant.now()));
    }

    @Test
    void shouldReadWhatSystemsSay() {
        assertThat(BootTime.linux("cpu 1 2\nbtime 1700000000\nprocesses 7\n"))
                .contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(BootTime.bsd("{ sec = 1700000000, usec = 12 } Tue Nov 14\n"))
                .contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(BootTime.bsd("1700000000\n")).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(BootTime.bsd("sysctl: unknown oid")).isEmpty();
    }
}
