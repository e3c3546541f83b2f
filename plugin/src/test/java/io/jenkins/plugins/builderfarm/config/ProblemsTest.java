package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final String URL = "https://farm.example.org/";

    @Test
    void shouldFindNoneInWhatFits() {
        assertThat(Problems.of(
                        List.of(Samples.reverse("host-a"), onCloud("host-b", "gce")),
                        List.of(new Builder("a", "host-a")),
                        Set.of("gce"),
                        URL))
                .isEmpty();
    }

    @Test
    void shouldNameABuilderWithoutItsHostType() {
        assertThat(Problems.of(List.of(), List.of(new Builder("a", "host-gone")), Set.of(), URL))
                .containsExactly("Builder a names host type host-gone, which is not configured.");
    }

    @Test
    void shouldNameACloudThatIsNotThereOnce() {
        List<HostType> types =
                IntStream.range(0, 5).mapToObj(i -> onCloud("host-" + i, "ec2")).toList();

        assertThat(Problems.of(types, List.of(), Set.of("gce"), URL))
                .containsExactly("This Jenkins has no cloud ec2; host-0, host-1, host-2 and 2 more name it.");
    }

    @Test
    void shouldSayThatMachinesCannotReachJenkins() {
        List<HostType> types = List.of(Samples.reverse("host-a"));

        assertThat(Problems.of(types, List.of(), Set.of(), null))
                .singleElement()
                .asString()
                .startsWith("Jenkins's URL is not set");
        assertThat(Problems.of(types, List.of(), Set.of(), "http://farm.example.org/"))
                .singleElement()
                .asString()
                .contains("http://farm.example.org/", "only https");
        assertThat(Problems.of(types, List.of(), Set.of(), "http://localhost:8080/"))
                .isEmpty();
        assertThat(Problems.of(List.of(), List.of(), Set.of(), null))
                .as("without a reverse pool nobody dials in")
                .isEmpty();
    }

    private static HostType onCloud(String name, String cloud) {
        return new HostType(name, new ExistingCloud(cloud, "label"));
    }
}
