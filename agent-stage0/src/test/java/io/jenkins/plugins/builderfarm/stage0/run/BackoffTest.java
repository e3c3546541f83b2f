package io.jenkins.plugins.builderfarm.stage0.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    /** Always the longest pause that the interval allows. */
    private final Backoff longest = new Backoff(new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    });

    @Test
    void shouldNotWaitAfterAGoodEnd() {
        assertThat(longest.after(true)).isZero();
    }

    @Test
    void shouldDoubleUpToALimit() {
        assertThat(longest.after(false)).isEqualTo(Duration.ofSeconds(2));
        assertThat(longest.after(false)).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 100; i++) {
            assertThat(longest.after(false)).isLessThanOrEqualTo(Backoff.LONGEST);
        }
        assertThat(longest.after(false)).isEqualTo(Backoff.LONGEST);
    }

    @Test
    void shouldBeginAnewAfterAGoodEnd() {
        longest.after(false);
        longest.after(false);
        longest.after(true);
        assertThat(longest.after(false)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldNeverSpin() {
        Backoff shortest = new Backoff(() -> 0L);
        assertThat(shortest.after(false)).isPositive();
    }
}
