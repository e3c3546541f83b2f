package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpiryTest {
    @ParameterizedTest
    @CsvSource({
        "90d, 2027-02-21T08:00:00Z",
        "12h, 2026-11-23T20:00:00Z",
        "2027-01-31, 2027-01-31T00:00:00Z",
        "2027-01-31T12:30:00Z, 2027-01-31T12:30:00Z",
    })
    void shouldTakeTimesInManyForms(String text, Instant time) {
        assertThat(Expiry.parse(text, Ran.NOW)).contains(time);
    }

    @Test
    void shouldTakeNever() {
        assertThat(Expiry.parse("never", Ran.NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "0d", "-1d", "d", "soon", "2027-02-30", "31.1.2027", "2027-01-31T12", "999999d"})
    void shouldRefuseOtherTexts(String text) {
        assertThatThrownBy(() -> Expiry.parse(text, Ran.NOW))
                .hasMessage("'" + text + "' is none of 90d, 12h, 2027-01-31, 2027-01-31T12:00:00Z, never");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23", "2026-11-23T08:00:00Z", "1999-01-01"})
    void shouldRefuseThePast(String text) {
        assertThatThrownBy(() -> Expiry.parse(text, Ran.NOW)).hasMessage("'" + text + "' is in the past");
    }
}
