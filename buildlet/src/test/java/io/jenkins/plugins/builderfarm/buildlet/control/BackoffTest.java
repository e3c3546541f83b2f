package io.jenkins.plugins.builderfarm.buildlet.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofSeconds(60);

    /** The longest wait that could have come out. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void shouldDoubleUpToTheCap() {
        Backoff backoff = new Backoff(FIRST, CAP, HIGHEST);
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        assertThat(backoff.next()).isEqualTo(CAP);
    }

    @Test
    void shouldStartAnewAfterSuccess() {
        Backoff backoff = new Backoff(FIRST, CAP, HIGHEST);
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(FIRST);
    }

    @Test
    void shouldSpreadOverTheWholeRange() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Backoff backoff = new Backoff(CAP, CAP, random);
        int early = 0;
        for (int i = 0; i < 1_000; i++) {
            Duration wait = backoff.next();
            assertThat(wait).isBetween(Duration.ZERO, CAP);
            early += wait.compareTo(CAP.dividedBy(4)) < 0 ? 1 : 0;
        }
        assertThat(early).isBetween(150, 350); // a quarter, give or take seven standard deviations
    }
}
