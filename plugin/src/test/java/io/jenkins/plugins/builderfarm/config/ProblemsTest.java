package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final String URL = "https://farm.example.org/";

    @Test
    void shouldFindNoneInWhatFits() {
        assertThat(Problems.of(
                        List.of(Samples.reverse("host-a"), onCloud("host-b", "gce")),
                        List.of(new Builder("a", "host-a")),
                        new Around("gce"),
                        URL))
                .isEmpty();
    }

    @Test
    void shouldNameABuilderWithoutItsHostType() {
        assertThat(Problems.of(List.of(), List.of(new Builder("a", "host-gone")), new Around(), URL))
                .containsExactly("Builder a names host type host-gone, which is not configured.");
    }

    @Test
    void shouldNameACloudThatIsNotThereOnce() {
        List<HostType> types =
                IntStream.range(0, 5).mapToObj(i -> onCloud("host-" + i, "ec2")).toList();

        assertThat(Problems.of(types, List.of(), new Around("gce"), URL))
                .containsExactly("This Jenkins has no cloud ec2; host-0, host-1, host-2 and 2 more name it.");
    }

    @Test
    void shouldSayThatMachinesCannotReachJenkins() {
        List<HostType> types = List.of(Samples.reverse("host-a"));

        assertThat(Problems.of(types, List.of(), new Around(), null))
                .singleElement()
                .asString()
                .startsWith("Jenkins's URL is not set");
        assertThat(Problems.of(types, List.of(), new Around(), "http://farm.example.org/"))
                .singleElement()
                .asString()
                .contains("http://farm.example.org/", "only https");
        assertThat(Problems.of(types, List.of(), new Around(), "http://localhost:8080/"))
                .isEmpty();
        assertThat(Problems.of(List.of(), List.of(), new Around(), null))
                .as("without a reverse pool nobody dials in")
                .isEmpty();
    }

    @Test
    void shouldNameACloudThatDoesNotServeTheLabel() {
        assertThat(Problems.of(List.of(onCloud("host-a", "full")), List.of(), new Around("full"), URL))
                .containsExactly("Host type host-a waits in vain: Cloud full doesn't serve label label.");
    }

    @Test
    void shouldNameATemplateThatIsNone() {
        Builder builder = new Builder("a", "host-a");
        builder.setTemplate("templates/lost");

        assertThat(Problems.of(List.of(Samples.reverse("host-a")), List.of(builder), new Around("host-a"), URL))
                .containsExactly("Builder a can't use its template: no templates/lost here.");
    }

    @Test
    void shouldNameLimitsThatContradictEachOther() {
        ReversePool pool = new ReversePool();
        pool.setBuildLimit(60);
        pool.setLeaseLimit(60);

        assertThat(Problems.of(List.of(new HostType("host-a", pool)), List.of(), new Around(), URL))
                .containsExactly("Host type host-a: the lease limit of 60 minutes ends builds before their own limit of"
                        + " 60 does.");
    }

    /** Has these clouds, all but {@code full} serving everything, every host type but one that is gone, and no job. */
    private record Around(String... names) implements Surroundings {
        @Override
        public boolean hasHostType(String name) {
            return !name.contains("gone");
        }

        @Override
        public boolean hasCloud(String name) {
            return List.of(names).contains(name);
        }

        @Override
        public boolean cloudServes(String cloud, String label) {
            return !cloud.equals("full");
        }

        @Override
        public Optional<String> templateProblem(String fullName) {
            return Optional.of("no " + fullName + " here");
        }
    }

    private static HostType onCloud(String name, String cloud) {
        return new HostType(name, new ExistingCloud(cloud, "label"));
    }
}
