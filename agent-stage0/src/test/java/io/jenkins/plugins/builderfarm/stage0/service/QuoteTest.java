package io.jenkins.plugins.builderfarm.stage0.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuoteTest {
    @ParameterizedTest(name = "word {index}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain-1.0/x=y | plain-1.0/x=y | plain-1.0/x=y",
                "a b           | \"a b\"       | 'a b'",
                "it's          | \"it's\"      | 'it'\\''s'",
                "50% of $x     | \"50%% of $$x\" | '50% of $x'",
                "a\\\"b        | \"a\\\\\\\"b\" | 'a\\\"b'",
                "``            | \"\"          | ''",
            })
    void shouldQuoteForSystemdAndShells(String word, String systemd, String shell) {
        assertThat(Quote.systemdArgument(word)).isEqualTo(systemd);
        assertThat(Quote.shell(word)).isEqualTo(shell);
    }

    @Test
    void shouldLeaveTheDollarWhereSystemdDoes() {
        assertThat(Quote.systemd("/srv/$x y%")).isEqualTo("\"/srv/$x y%%\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {"a | \"a\"", "a\\b | \"a\\b\"", "a\\ | \"a\\\\\"", "a\"b | \"a\\\"b\"", "a\\\"b | \"a\\\\\\\"b\""})
    void shouldQuoteForWindows(String word, String quoted) {
        assertThat(Quote.windows(word)).isEqualTo(quoted);
    }

    @Test
    void shouldQuoteForXml() {
        assertThat(Quote.xml("<a b=\"c\">&'")).isEqualTo("&lt;a b=&quot;c&quot;&gt;&amp;&apos;");
        assertThat(Quote.xmlComment("a---b")).isEqualTo("a- - -b");
    }
}
