package io.jenkins.plugins.builderfarm.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class CommandLinesTest {
    private static final List<Integer> GIVEN = new ArrayList<>();

    @Command(name = "program")
    static int run(@Option(names = "--how-many", required = true) int howMany) throws CommandLines.UsageException {
        GIVEN.add(howMany);
        if (howMany == 0) {
            throw new CommandLines.UsageException("--how-many 0: none is too few");
        }
        return 0;
    }

    @BeforeEach
    void forget() {
        GIVEN.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--how-many=-3", "-how-many=-3", "--how-many -3", "-how-many -3"})
    void shouldTakeOneDashOrTwo(String arguments) {
        assertThat(CommandLines.run(CommandLinesTest.class, arguments.split(" ")))
                .isZero();
        assertThat(GIVEN).containsExactly(-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--how-many", "--how-many=x", "--how-many=1 --other", "-how-many=0", "-h"})
    void shouldEndWithOneCodeForEveryMistake(String arguments) {
        String[] given = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        assertThat(CommandLines.run(CommandLinesTest.class, given)).isEqualTo(CommandLines.EXIT_USAGE);
    }

    @Test
    void shouldLetTheProgramRunOnce() {
        assertThat(CommandLines.run(CommandLinesTest.class, "-how-many=1")).isZero();
        assertThat(GIVEN).containsExactly(1);
    }
}
