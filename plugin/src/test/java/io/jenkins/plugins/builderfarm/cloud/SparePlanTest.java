package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparePlanTest {
    private static final Duration LINGER = Duration.ofMillis(100);
    private static final Duration REFRESH = Duration.ofMillis(1000);
    private static final long NOW = 10_000;

    /** Spares are named by when they were leased. */
    private static List<Long> toGiveBack(int wanted, boolean atOnce, Long... since) {
        return SparePlan.toGiveBack(List.of(since), Long::longValue, wanted, atOnce, NOW, LINGER, REFRESH);
    }

    @Test
    void shouldKeepWhatIsWanted() {
        assertThat(toGiveBack(2, false, 9_500L, 9_600L)).isEmpty();
    }

    @Test
    void shouldGiveBackTheOldestOfASurplusAfterAWhile() {
        assertThat(toGiveBack(1, false, 9_800L, 9_500L, 9_700L)).containsExactly(9_500L, 9_700L);
        assertThat(toGiveBack(0, false, 9_950L)).as("young").isEmpty();
    }

    @Test
    void shouldGiveBackAllAtOnceWhenMachinesAreShort() {
        assertThat(toGiveBack(0, true, 9_950L, 9_990L)).containsExactly(9_950L, 9_990L);
    }

    @Test
    void shouldRefreshOneAtATime() {
        assertThat(toGiveBack(2, false, 8_000L, 8_500L)).containsExactly(8_000L);
    }
}
