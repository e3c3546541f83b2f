package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RetiredHostTypesTest {
    private static final HostType A = Samples.reverse("host-a");
    private static final Builder ON_A = new Builder("linux", "host-a");

    @Test
    void shouldSayNothingWhereMachinesGoOn() {
        HostType cloud = new HostType("host-cloud", new ExistingCloud("gce", "amd64"));
        HostType changed = A.copy("host-a");
        changed.setNotes("new");

        assertThat(consequences(List.of(A, cloud), List.of(ON_A), List.of(changed), List.of()))
                .isEmpty();
    }

    @Test
    void shouldKnowARenameByWhatStaysTheSame() {
        assertThat(consequences(List.of(A), List.of(), List.of(Samples.reverse("host-x"), A.copy("host-b")), List.of()))
                .singleElement()
                .asString()
                .contains("host-a goes on as host-x", "good for one name", "one of host-x", "Builds under way finish");
    }

    @Test
    void shouldKnowARenameByABuilderThatFollows() {
        HostType other = Samples.reverse("host-other");
        HostType next = Samples.reverse("host-b");
        next.setNotes("new");
        other.setNotes("newer");

        assertThat(consequences(List.of(A), List.of(ON_A), List.of(other, next), List.of(ON_A.copy("linux", "host-b"))))
                .singleElement()
                .asString()
                .contains("host-a goes on as host-b");
    }

    @Test
    void shouldSayThatMachinesAreSentAway() {
        HostType cloud = new HostType("host-a", new ExistingCloud("gce", "amd64"));

        assertThat(consequences(List.of(A), List.of(ON_A), List.of(cloud), List.of(ON_A)))
                .isEqualTo(consequences(List.of(A), List.of(), List.of(), List.of()))
                .singleElement()
                .asString()
                .contains("host-a no longer lets machines dial in", "sent away");
    }

    private static List<String> consequences(
            List<HostType> typesBefore, List<Builder> buildersBefore, List<HostType> typesAfter, List<Builder> after) {
        return RetiredHostTypes.consequences(typesBefore, buildersBefore, typesAfter, after);
    }
}
