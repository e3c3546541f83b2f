package io.jenkins.plugins.builderfarm.config;

import java.io.IOException;
import java.util.List;

/** Configurations for tests. */
public final class Samples {
    public static final String RELEASE_KEY = "ed25519:A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg";

    private Samples() {}

    /** A host type whose machines dial in. */
    public static HostType reverse(String name) {
        return new HostType(name, new ReversePool());
    }

    /** A host type of the reverse pool that uses every field. */
    static HostType everyHostTypeField() {
        ReversePool pool = new ReversePool();
        pool.setExpected(3);
        pool.setExpectedMachines(List.of("board3", "board4"));
        pool.setSpares(0);
        pool.setDeniedMachines(List.of("board1", "board2"));
        pool.setPinnedMachines(List.of("board3"));
        pool.setLeaseLimit(90);
        pool.setBuildLimit(60);
        HostType type = new HostType("host-linux-riscv64-unmatched", pool);
        type.setPlatform("linux-riscv64");
        type.setImage("HiFive Unmatched");
        Owner ada = new Owner("Ada", "ada@example.org");
        ada.setUsers(List.of("ada", "adas-deputy"));
        type.setOwners(List.of(ada, new Owner("The night shift", "")));
        type.setNotes("In the cellar.\nTurn the light on.");
        type.setTrust(Trust.ANY);
        type.setUse(Use.FARM);
        type.setJobs(List.of("go/**", "bootstrap"));
        type.setDisabled(true);
        type.setHermetic(true);
        type.setRebootAfterBuild(true);
        type.setMinimumBuildlet("1.2");
        type.setEnvironment(List.of(new EnvironmentVariable("GOROOT_BOOTSTRAP", "/usr/lib/go bootstrap")));
        return type;
    }

    static Builder everyBuilderField() {
        Builder builder = new Builder("linux-riscv64-race", "host-linux-riscv64-unmatched");
        builder.setTemplate("templates/go");
        builder.setRules("# why\nexclude branch release-branch.go<1.20\nuse default");
        builder.setNotes("<b>slow</b>");
        builder.setDisabled(true);
        builder.setTryOnly(true);
        builder.setCompileOnly(true);
        builder.setFlakyNetwork(true);
        builder.setTimeoutScale(4);
        builder.setEnvironment(List.of(new EnvironmentVariable("A", "1"), new EnvironmentVariable("B", "")));
        builder.setPlaceholders(List.of(new EnvironmentVariable("target", "all & more")));
        builder.setKnownIssues(List.of("https://go.dev/issue/56001", "private #7"));
        return builder;
    }

    static Releases everyReleasesField() {
        Releases releases = new Releases("gs://farm/go", List.of(RELEASE_KEY));
        releases.setEndpoint("https://storage.example.org/");
        return releases;
    }

    /** Sets every field of the farm's configuration, two host types, and two builders. */
    public static void setEveryField(BuilderFarmConfiguration farm) {
        ExistingCloud cloud = new ExistingCloud("gce", "linux && amd64");
        cloud.setExecutors(4);
        farm.setHostTypes(List.of(everyHostTypeField(), new HostType("host-linux-amd64", cloud)));
        farm.setBuilders(List.of(everyBuilderField(), new Builder("linux-amd64", "host-linux-amd64")));
        farm.setRuleSets(List.of(
                new SharedRules("default", "exclude repository website, build\ninclude phase post-submit"),
                new SharedRules("empty", "")));
        farm.setControllerUrls(List.of("https://old.example.org/", "https://farm.example.org/jenkins/"));
        farm.setMinimumBuildlet("1.1");
        farm.setPipelineTemplates(List.of(new PipelineTemplate("go", "node(@{label}) {\n    sh 'make'\n}")));
        farm.setJobFolder("builders");
        farm.setRetries(5);
        farm.setReviewedJobs(List.of("go/*/master"));
        farm.setReleases(everyReleasesField());
    }

    /** What would be, or is, on the disk. */
    public static String xml(BuilderFarmConfiguration farm) throws IOException {
        return farm.getConfigFile().asString();
    }
}
