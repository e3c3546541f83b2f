package io.jenkins.plugins.builderfarm.stage0.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketAddressTest {
    @ParameterizedTest
    @CsvSource({
        "gs://farm,             buildlet.json",
        "gs://farm/,            buildlet.json",
        "gs://farm/a,           a/buildlet.json",
        "gs://farm/a/,          a/buildlet.json",
        "gs://farm/a/b.c//,     a/b.c/buildlet.json",
        "gs://farm.example.org, buildlet.json",
    })
    void shouldNameObjects(String text, String object) {
        assertThat(BucketAddress.parse(text).object("buildlet.json")).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "farm",
                "gs://",
                "gs://F",
                "gs:///a",
                "http://farm",
                "gs://farm/a b",
                "gs://farm//a",
                "gs://farm/a?b"
            })
    void shouldRefuseWhatIsNoFolder(String text) {
        assertThatThrownBy(() -> BucketAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' ");
    }

    @Test
    void shouldPrintWhatItParsed() {
        assertThat(BucketAddress.parse("gs://farm/a/")).hasToString("gs://farm/a");
        assertThat(BucketAddress.parse("gs://farm")).hasToString("gs://farm");
        assertThat(BucketAddress.parse("gs://farm").url("x")).isEqualTo("gs://farm/x");
    }
}
