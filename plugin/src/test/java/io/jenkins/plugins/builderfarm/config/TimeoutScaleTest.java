package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutScaleTest {
    @ParameterizedTest(name = "field {0}, builder {1}, host type {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "0, -, -, 1",
                "0, -, 2, 2",
                "0, 3, 2, 3",
                "5, 3, 2, 5",
                "5, -, -, 5",
                "0, 9999, -, 9999",
                "0, '', 2, 1",
                "0, 0, -, 1",
                "0, -1, -, 1",
                "0, 1.5, -, 1",
                "0, 10000, -, 1",
                "0, lots, 2, 1"
            })
    void shouldTakeTheNearest(int field, String ofBuilder, String ofHostType, int scale) {
        Builder builder = new Builder("linux", "host-a");
        builder.setTimeoutScale(field);
        builder.setEnvironment(variable(ofBuilder));
        HostType hostType = Samples.reverse("host-a");
        hostType.setEnvironment(variable(ofHostType));

        assertThat(TimeoutScale.of(Optional.of(builder), Optional.of(hostType))).isEqualTo(scale);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 1", "7, 7"})
    void shouldTakeTheHostTypesForWhatAsksForThatAlone(String ofHostType, int scale) {
        HostType hostType = Samples.reverse("host-a");
        hostType.setEnvironment(variable(ofHostType));

        assertThat(TimeoutScale.of(Optional.empty(), Optional.of(hostType))).isEqualTo(scale);
    }

    private static List<EnvironmentVariable> variable(String value) {
        return value == null ? List.of() : List.of(new EnvironmentVariable(TimeoutScale.VARIABLE, value));
    }
}
