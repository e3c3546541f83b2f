package io.jenkins.plugins.builderfarm.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
    @Test
    void shouldMakeOneLineOfAText() {
        assertThat(Limits.note(" two\r\nlines\tand\u0000a\u2028 bell\u0007 ")).isEqualTo("two lines and a  bell");
        assertThat(Limits.note("")).isEmpty();
        assertThat(Limits.note("naïve 速い")).isEqualTo("naïve 速い");
    }

    @Test
    void shouldCutWhatIsTooLong() {
        assertThat(Limits.note("a".repeat(1000))).hasSize(1000).doesNotContain("…");
        assertThat(Limits.note("a".repeat(1001))).hasSize(1000).endsWith("a…");
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        String cut = Limits.note("a".repeat(998) + "😀😀");
        assertThat(cut).hasSize(999).endsWith("a…");
        assertThat(new String(cut.getBytes(UTF_8), UTF_8)).isEqualTo(cut);
    }

    @Test
    void shouldSayHowManyNotesAreLeftOut() {
        List<String> twenty = Collections.nCopies(20, "a");
        assertThat(Limits.notes(twenty)).isEqualTo(twenty);
        List<String> many = Limits.notes(Collections.nCopies(25, "a"));
        assertThat(many).hasSize(20).endsWith("… and 6 more");
        assertThat(Limits.notes(many)).as("once more").isEqualTo(many);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\\", "速", "😀", "<"})
    void shouldKeepTheLongestNotesWithinAMessage(String character) {
        List<String> notes = Limits.notes(Collections.nCopies(1000, character.repeat(2000)));
        assertThat(notes).hasSizeLessThanOrEqualTo(Limits.MOST_NOTES);
        assertThat(notes.get(notes.size() - 1)).matches("… and \\d+ more");
        assertThat(Limits.notes(notes)).as("once more").isEqualTo(notes);
        String text = new MachineMessage.SetAside(notes).encode();
        assertThat(text).hasSizeLessThan(Limits.LONGEST_MESSAGE - 8_000);
        assertThat(text.getBytes(UTF_8)).hasSizeLessThan(65_536);
        assertThat(Stream.of(text)).allSatisfy(Messages::fromMachine);
    }
}
