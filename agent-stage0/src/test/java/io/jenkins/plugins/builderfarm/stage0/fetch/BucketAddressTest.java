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
                "ftp://farm",
                "gs://farm/a b",
                "gs://farm//a",
                "gs://farm/a?b"
            })
    void shouldRefuseWhatIsNoFolder(String text) {
        assertThatThrownBy(() -> BucketAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://mirror.example,           https://mirror.example/",
        "https://Mirror.example:443/farm/, https://mirror.example/farm/",
        "http://127.0.0.1:8080/a/b,        http://127.0.0.1:8080/a/b/",
    })
    void shouldTakeAMirror(String text, String base) {
        BucketAddress address = BucketAddress.parse(text);
        assertThat(address.isMirror()).isTrue();
        assertThat(address).hasToString(base);
        assertThat(address.url("buildlet/x.jar")).isEqualTo(base + "buildlet/x.jar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://mirror.example      | mirror 'http://mirror.example' is plain http; only https is accepted",
                "https://a:b@mirror.example | mirror 'mirror.example' must have no user, query or fragment",
                "https://mirror.example/?a  | mirror 'https://mirror.example/?a' must have no user, query or fragment",
                "https://                   | mirror 'https://' is not a URL",
            })
    void shouldRefuseWhatIsNoMirror(String text, String message) {
        assertThatThrownBy(() -> BucketAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("a:b");
    }

    @Test
    void shouldPrintWhatItParsed() {
        assertThat(BucketAddress.parse("gs://farm/a/")).hasToString("gs://farm/a");
        assertThat(BucketAddress.parse("gs://farm")).hasToString("gs://farm");
        assertThat(BucketAddress.parse("gs://farm").url("x")).isEqualTo("gs://farm/x");
    }
}
