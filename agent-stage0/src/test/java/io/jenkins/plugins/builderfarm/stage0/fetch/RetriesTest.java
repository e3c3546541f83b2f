package io.jenkins.plugins.builderfarm.stage0.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.stage0.TestLog;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetriesTest {
    private static final FetchException PASSING = new FetchException(Remedy.RETRY, "a bad moment");

    private final List<Duration> pauses = new ArrayList<>();
    private long now;
    private final Deadline deadline = new Deadline(Duration.ofSeconds(60), () -> now);
    private final Retries retries = new Retries(deadline, new Random(1), pauses::add, new TestLog().log());

    @Test
    void shouldGiveUpAtTheThirdFailure() throws Exception {
        retries.afterFailure(PASSING);
        retries.afterFailure(PASSING);
        assertThatThrownBy(() -> retries.afterFailure(PASSING)).isSameAs(PASSING);
        assertThat(pauses.get(0)).isLessThan(Duration.ofSeconds(1));
        assertThat(pauses.get(1)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void shouldCountAnewOnceSomethingWasGained() throws Exception {
        for (int i = 0; i < 10; i++) {
            retries.afterFailure(PASSING);
            retries.afterFailure(PASSING);
            retries.gained();
        }
        assertThat(pauses).hasSize(20);
    }

    @Test
    void shouldNotRepeatWhatBringsTheSame() {
        FetchException lasting = new FetchException(Remedy.NONE, "no");
        assertThatThrownBy(() -> retries.afterFailure(lasting)).isSameAs(lasting);
    }

    @Test
    void shouldNotWaitBeyondTheDeadline() {
        now = Duration.ofSeconds(50).toNanos();
        FetchException asked = new FetchException(Remedy.RETRY, "later", Optional.of(Duration.ofSeconds(6)), null);
        assertThatThrownBy(() -> retries.afterFailure(asked)).isSameAs(asked);
        assertThat(pauses).isEmpty();
    }
}
