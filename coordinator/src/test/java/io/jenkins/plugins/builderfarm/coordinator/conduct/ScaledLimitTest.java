package io.jenkins.plugins.builderfarm.coordinator.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScaledLimitTest {
    @Test
    void shouldBeReachedAfterAsManyTimesTheMinutes() {
        ScaledLimit limit = new ScaledLimit(30, 4);
        assertThat(limit.isReached(Duration.ofMinutes(120).minusMillis(1))).isFalse();
        assertThat(limit.isReached(Duration.ofMinutes(120))).isTrue();
        assertThat(limit).hasToString("120 minutes (4 times 30)");
    }

    @Test
    void shouldSayOnlyWhatThereIsToSay() {
        assertThat(new ScaledLimit(1, 1)).hasToString("1 minute");
        assertThat(new ScaledLimit(90, 1)).hasToString("90 minutes");
    }

    @Test
    void shouldNeverBeReachedIfThereIsNone() {
        assertThat(new ScaledLimit(0, 4).isReached(Duration.ofDays(365_000))).isFalse();
    }

    @Test
    void shouldHoldTheGreatestOfBoth() {
        ScaledLimit limit = new ScaledLimit(100_000, 9_999);
        assertThat(limit.isReached(Duration.ofMinutes(999_899_999))).isFalse();
        assertThat(limit.isReached(Duration.ofMinutes(999_900_000))).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoLimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScaledLimit(-1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScaledLimit(1, 0))
                .withMessage("a limit of 1 minutes times 0 is none");
    }
}
