package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class WantsTest {
    /** A lease serves whom its first letter says. */
    private static final BiPredicate<String, String> BY_LETTER = (want, lease) -> want.charAt(0) == lease.charAt(0);

    @Test
    void shouldCountALeaseForOneItemOnly() {
        Wants<String, String> wants = new Wants<>(List.of("a1", "a2"), Map.of(), List.of("aX"), BY_LETTER);

        assertThat(wants.given()).containsExactly(Map.entry("a1", "aX"));
        assertThat(wants.unserved()).containsExactly("a2");
        assertThat(wants.left()).isEmpty();
    }

    @Test
    void shouldServeInTheOrderOfTheQueueAndOfPreference() {
        Wants<String, String> wants =
                new Wants<>(List.of("a1", "b1", "a2"), Map.of(), List.of("bX", "aX", "aY", "aZ"), BY_LETTER);

        assertThat(wants.given()).containsExactly(Map.entry("a1", "aX"), Map.entry("b1", "bX"), Map.entry("a2", "aY"));
        assertThat(wants.unserved()).isEmpty();
        assertThat(wants.left()).containsExactly("aZ");
    }

    @Test
    void shouldKeepWhatEachWasGivenBefore() {
        Wants<String, String> wants =
                new Wants<>(List.of("a1", "a2"), Map.of("a2", "aX", "gone", "aY"), List.of("aX", "aY"), BY_LETTER);

        assertThat(wants.given()).containsEntry("a2", "aX").containsEntry("a1", "aY");
    }

    @Test
    void shouldForgetALeaseThatWasUsedOrDoesNotServeAnyMore() {
        Wants<String, String> wants =
                new Wants<>(List.of("a1", "b1"), Map.of("a1", "aUsed", "b1", "aX"), List.of("aX"), BY_LETTER);

        assertThat(wants.given()).containsExactly(Map.entry("a1", "aX"));
        assertThat(wants.unserved()).containsExactly("b1");
    }
}
