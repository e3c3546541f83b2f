package io.jenkins.plugins.builderfarm.coordinator.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.conduct.VanishedBuild.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VanishedBuildTest {
    @ParameterizedTest(name = "{7}")
    @CsvSource({
        "true, false, false, true, false, 0, 2, AGAIN",
        "true, false, false, true, false, 1, 2, AGAIN",
        "true, false, false, true, false, 2, 2, USED_UP",
        "true, false, false, true, false, 3, 2, USED_UP",
        "true, false, false, true, false, 0, 0, NEVER",
        "true, false, false, true, true, 0, 2, REPEATS",
        "true, false, false, false, false, 0, 2, OTHERS",
        "true, false, true, true, false, 0, 2, WENT_ON",
        "true, true, false, true, false, 0, 2, ABORTED",
        "true, true, true, false, true, 5, 0, ABORTED",
        "false, true, true, true, true, 5, 0, FINE"
    })
    void shouldDecide(
            boolean failed,
            boolean aborted,
            boolean wentOn,
            boolean ours,
            boolean repeats,
            int retries,
            int most,
            Verdict verdict) {
        VanishedBuild build = new VanishedBuild(failed, aborted, wentOn, ours, repeats, retries, most);
        assertThat(build.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhyNot(Verdict verdict) {
        assertThat(verdict.reason().isEmpty()).isEqualTo(verdict == Verdict.AGAIN || verdict == Verdict.FINE);
    }
}
