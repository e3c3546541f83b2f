package io.jenkins.plugins.builderfarm.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private final Random random = new Random(7);

    @Test
    void shouldSpreadOverTheWholeRange() {
        List<Long> waits = IntStream.range(0, 1000)
                .mapToLong(i -> backoff.wait(3, Duration.ZERO, random).toMillis())
                .boxed()
                .toList();
        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 4000);
        assertThat(waits).anyMatch(wait -> wait < 400).anyMatch(wait -> wait > 3600);
    }

    @Test
    void shouldStopGrowingAtTheCap() {
        assertThat(IntStream.range(1, 10_000).mapToObj(failures -> backoff.wait(failures, Duration.ZERO, random)))
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(60)) <= 0);
    }

    @Test
    void shouldWaitAtLeastAsLongAsAsked() {
        assertThat(backoff.wait(1, Duration.ofSeconds(30), random)).isEqualTo(Duration.ofSeconds(30));
    }
}
