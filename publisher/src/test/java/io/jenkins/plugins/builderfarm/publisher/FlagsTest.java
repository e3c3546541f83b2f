package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagsTest {
    private static final Set<Flag> ALL = EnumSet.allOf(Flag.class);

    @ParameterizedTest
    @CsvSource({"--channel stable", "-channel stable", "--channel=stable", "-channel=stable"})
    void shouldTakeOneDashOrTwo(String line) throws Failure {
        Flags flags = parse(line);
        assertThat(flags.required(Flag.CHANNEL, Function.identity())).isEqualTo("stable");
        assertThat(flags.words()).isEmpty();
    }

    @Test
    void shouldTellWordsFromValues() throws Failure {
        Flags flags = parse("1.4 --channel stable --dry-run more --host-type=a --host-type b");
        assertThat(flags.words()).containsExactly("1.4", "more");
        assertThat(flags.all(Flag.HOST_TYPE)).containsExactly("a", "b");
        assertThat(flags.has(Flag.DRY_RUN)).isTrue();
        assertThat(flags.has(Flag.JSON)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"--dry-run=true, true", "--dry-run=false, false", "-dry-run, true"})
    void shouldTakeSwitchesWithAValueOfTheirOwn(String line, boolean on) throws Failure {
        assertThat(parse(line).has(Flag.DRY_RUN)).isEqualTo(on);
    }

    @Test
    void shouldKeepWhatComesAfterTheFirstEqualsSign() throws Failure {
        assertThat(parse("--out=a=b").path(Flag.OUT)).hasToString("a=b");
    }

    @ParameterizedTest
    @CsvSource({
        "--colour red, unknown flag: --colour",
        "--, unknown flag: --",
        "---channel stable, unknown flag: ---channel",
        "--channel, --channel wants a value",
        "--channel=, --channel wants a value",
        "--channel --dry-run, --channel wants a value",
        "--channel a --channel b, --channel is given twice",
        "--dry-run=perhaps, '--dry-run is either there or not, it takes no value'",
        "--dry-run --dry-run, --dry-run is given twice",
    })
    void shouldNameTheFlagThatIsWrong(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(Failure.class)
                .hasMessage(message + " (--help says more)")
                .satisfies(e -> assertThat(((Failure) e).exitCode()).isEqualTo(2));
    }

    @Test
    void shouldRefuseAnotherCommandsFlag() {
        assertThatThrownBy(() -> Flags.parse(List.of("--jar", "x"), Command.PROMOTE.flags()))
                .hasMessageStartingWith("this command has no flag --jar");
    }

    @Test
    void shouldBoundNumbers() throws Failure {
        assertThat(parse("--percent 100").number(Flag.PERCENT, 0, 100, 7)).isEqualTo(100);
        assertThat(parse("").number(Flag.PERCENT, 0, 100, 7)).isEqualTo(7);
        for (String bad : List.of("101", "-1", "1.5", "ten", "99999999999999999999")) {
            assertThatThrownBy(() -> parse("--percent=" + bad).number(Flag.PERCENT, 0, 100, 7))
                    .hasMessageStartingWith("--percent: '" + bad + "' is not a number from 0 to 100");
        }
    }

    @Test
    void shouldDescribeEveryFlagAndCommand() {
        for (Flag flag : Flag.values()) {
            assertThat(Flag.named(flag.toString().substring(2))).contains(flag);
        }
        for (Command command : Command.values()) {
            assertThat(Command.named(command.toString())).contains(command);
            assertThat(Main.help()).contains("  " + command);
            assertThat(command.usage())
                    .contains(command.flags().stream().map(Flag::toString).toList());
        }
    }

    private static Flags parse(String line) throws Failure {
        return Flags.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), ALL);
    }
}
