package io.jenkins.plugins.builderfarm.stage0.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final KeptRelease OLD = release("1.3");
    private static final KeptRelease NEW = release("1.4");

    @Test
    void shouldStartWhatIsAssigned() {
        Slots slots = Slots.EMPTY.assign(OLD);
        assertThat(slots.candidates(NOW)).containsExactly(OLD);
        assertThat(slots.onTrial(OLD)).isTrue();
    }

    @Test
    void shouldHaveNothingToStartAtFirst() {
        assertThat(Slots.EMPTY.candidates(NOW)).isEmpty();
    }

    @Test
    void shouldCallAReleaseGoodOnceItFinishedALease() {
        Slots slots = proved();
        assertThat(slots.good()).contains(OLD);
        assertThat(slots.onTrial(OLD)).isFalse();
    }

    @Test
    void shouldKeepTheLastGoodOneBesideANewOne() {
        Slots slots = proved().assign(NEW);
        assertThat(slots.candidates(NOW)).containsExactly(NEW, OLD);
        assertThat(slots.onTrial(NEW)).isTrue();
    }

    @Test
    void shouldLeaveANewOneAfterThreeFailures() {
        Slots slots = failed(proved().assign(NEW), 2);
        assertThat(slots.left(NOW)).isFalse();
        slots = failed(slots, 1);
        assertThat(slots.left(NOW)).isTrue();
        assertThat(slots.candidates(NOW)).containsExactly(OLD);
        assertThat(slots.leaveNote(NOW))
                .contains("release 1.4 left after 3 failed starts, runs release 1.3 instead; tried again after"
                        + " 2026-11-23T09:00:00Z");
    }

    @Test
    void shouldTryAgainAfterAWhileAndThenLeaveItForLonger() {
        Slots slots = failed(proved().assign(NEW), 3);
        Instant later = NOW.plus(Duration.ofHours(1));
        assertThat(slots.candidates(later)).containsExactly(NEW, OLD);
        slots = slots.start(NEW).end(Ending.FAILED, later);
        assertThat(slots.left(later.plus(Duration.ofMinutes(119)))).isTrue();
        assertThat(slots.left(later.plus(Duration.ofMinutes(120)))).isFalse();
    }

    @Test
    void shouldNeverLeaveForMoreThanADay() {
        Slots slots = failed(proved().assign(NEW), 500);
        assertThat(slots.left(NOW.plus(Duration.ofHours(24)).minusSeconds(1))).isTrue();
        assertThat(slots.left(NOW.plus(Duration.ofHours(24)))).isFalse();
    }

    @Test
    void shouldTryAgainWhenTheClockWasSetBack() {
        assertThat(failed(proved().assign(NEW), 3).left(NOW.minusSeconds(1))).isFalse();
    }

    @Test
    void shouldGoOnWithTheOnlyReleaseHoweverOftenItFails() {
        Slots slots = failed(Slots.EMPTY.assign(NEW), 10);
        assertThat(slots.candidates(NOW)).containsExactly(NEW);
        assertThat(slots.leaveNote(NOW)).isEmpty();
    }

    @Test
    void shouldForgiveFailuresWhenAnotherReleaseIsAssigned() {
        Slots slots = failed(proved().assign(NEW), 3).assign(release("1.5"));
        assertThat(slots.failures()).isZero();
        assertThat(slots.left(NOW)).isFalse();
    }

    @Test
    void shouldRememberFailuresWhenTheSameReleaseIsAssignedAgain() {
        Slots slots = failed(proved().assign(NEW), 2).assign(NEW);
        assertThat(slots.failures()).isEqualTo(2);
    }

    @Test
    void shouldNotJudgeByARunOfTheLastGoodOne() {
        Slots slots = failed(proved().assign(NEW), 3);
        assertThat(slots.start(OLD).end(Ending.FAILED, NOW)).isEqualTo(slots);
        assertThat(slots.start(OLD).end(Ending.PROVED, NOW)).isEqualTo(slots);
    }

    @Test
    void shouldNotJudgeByAnUndecidedRun() {
        Slots slots = failed(proved().assign(NEW), 2);
        assertThat(slots.start(NEW).end(Ending.UNDECIDED, NOW)).isEqualTo(slots);
    }

    @Test
    void shouldNotJudgeTwice() {
        Slots slots = Slots.EMPTY.assign(NEW).start(NEW).end(Ending.FAILED, NOW);
        assertThat(slots.end(Ending.FAILED, NOW)).isEqualTo(slots);
    }

    @Test
    void shouldNotBlameANewAssignmentForTheOldOnesRun() {
        Slots slots = Slots.EMPTY.assign(OLD).start(OLD).assign(NEW).end(Ending.FAILED, NOW);
        assertThat(slots.failures()).isZero();
    }

    private static Slots proved() {
        return Slots.EMPTY.assign(OLD).start(OLD).end(Ending.PROVED, NOW);
    }

    private static Slots failed(Slots slots, int times) {
        Slots failed = slots;
        for (int i = 0; i < times; i++) {
            failed = failed.start(NEW).end(Ending.FAILED, NOW);
        }
        return failed;
    }

    private static KeptRelease release(String version) {
        return new KeptRelease(
                new Version(version), Sha256.of(version.getBytes(StandardCharsets.UTF_8)), version.length());
    }
}
