package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void shouldRefuseAndSayWhy(String message, ThrowingCallable make) {
        assertThatIllegalArgumentException().isThrownBy(make).withMessageContaining(message);
    }

    static List<Arguments> shouldRefuseAndSayWhy() {
        HostType type = Samples.reverse("host-a");
        return List.of(
                refused("'linux' is not valid: it starts with 'host-'", () -> Samples.reverse("linux")),
                refused("host type host-a has no source", () -> new HostType("host-a", null)),
                refused("builder 'Linux' is not valid", () -> new Builder("Linux", "host-a")),
                refused("host type is missing", () -> new Builder("linux", "")),
                refused("'1A' can't be the name", () -> new EnvironmentVariable("1A", "")),
                refused("builder linux, rule 2, branch: 'a!' has a '!'", () -> new Builder("linux", "host-a")
                        .setRules("include\nexclude branch a!")),
                refused("'' can't be the name of a rule set", () -> new SharedRules(" ", "")),
                refused("set a, rule 1: 'inclde' is none of", () -> new SharedRules("a", "inclde")),
                refused("names the cloud and the label", () -> new ExistingCloud("gce", " ")),
                refused("'expected' is -1", () -> new ReversePool().setExpected(-1)),
                refused("'spares' is 1000000", () -> new ReversePool().setSpares(1_000_000)),
                refused("hostname 'a b'", () -> new ReversePool().setDeniedMachines(List.of("a b"))),
                refused("hostname '-'", () -> new ReversePool().setPinnedMachines(List.of("-"))),
                refused("hostname 'a/b'", () -> new ReversePool().setExpectedMachines(List.of("a/b"))),
                refused("'leaseLimit' is -5", () -> new ReversePool().setLeaseLimit(-5)),
                refused("'buildLimit' is -1", () -> new ReversePool().setBuildLimit(-1)),
                refused("'timeoutScale' is -1", () -> new Builder("linux", "host-a").setTimeoutScale(-1)),
                refused("'timeoutScale' is 10000", () -> new Builder("linux", "host-a").setTimeoutScale(10_000)),
                refused("'executors' is -1", () -> new ExistingCloud("gce", "amd64").setExecutors(-1)),
                refused("'builder-farm' is the farm itself", () -> new ExistingCloud("builder-farm", "amd64")),
                refused("an owner has a name", () -> new Owner(" ", "ada@example.org")),
                refused("'ada' is not an e-mail address", () -> new Owner("Ada", "ada")),
                refused("version 'new'", () -> type.setMinimumBuildlet("new")),
                refused(
                        "variable A is there twice",
                        () -> type.setEnvironment(
                                List.of(new EnvironmentVariable("A", "1"), new EnvironmentVariable("A", "2")))),
                refused("not of the form gs://BUCKET/PREFIX", () -> new Releases("farm", List.of(Samples.RELEASE_KEY))),
                refused("at least one release key", () -> new Releases("gs://farm", List.of(" "))),
                refused("a release key starts with", () -> new Releases("gs://farm", List.of("rsa:1"))),
                refused("neither an https nor an http", () -> new Releases("gs://farm", List.of(Samples.RELEASE_KEY))
                        .setEndpoint("ftp://x/")));
    }

    private static Arguments refused(String message, ThrowingCallable make) {
        return Arguments.of(message, make);
    }
}
