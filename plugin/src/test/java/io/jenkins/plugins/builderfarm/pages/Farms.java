package io.jenkins.plugins.builderfarm.pages;

import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.Trust;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the pages' tests show. */
public final class Farms {
    private Farms() {}

    /** As of a Jenkins that has just been set up, for tests that share one: no host type, no machine, no users. */
    public static void clear(JenkinsRule jenkins) {
        BuilderFarmConfiguration.get().replaceBy(new BuilderFarmConfiguration());
        SamplePool.uninstall();
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
    }

    /** Three host types, two of them {@link SamplePool}'s, and four builders. */
    public static void configure() {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        ReversePool five = new ReversePool();
        five.setExpected(5);
        five.setExpectedMachines(List.of("board1", "board4"));
        HostType mips = new HostType(SamplePool.MIPS.value(), five);
        mips.setPlatform("linux-mips64");
        mips.setOwners(List.of(new Owner("Ada", "ada@example.org")));
        mips.setNotes("In <i>Ada's</i> cellar.");
        mips.setEnvironment(List.of(new EnvironmentVariable("SECRET_PLACE", "cellar")));
        HostType cloud = new HostType("host-linux-amd64", new ExistingCloud("gce", "amd64"));
        cloud.setTrust(Trust.ANY);
        cloud.setDisabled(true);
        farm.setHostTypes(List.of(mips, new HostType(SamplePool.RISCV.value(), new ReversePool()), cloud));

        Builder race = new Builder("linux-amd64-race", "host-linux-amd64");
        race.setTryOnly(true);
        race.setCompileOnly(true);
        Builder flaky = new Builder("linux-mips64-rtrk", SamplePool.MIPS.value());
        flaky.setFlakyNetwork(true);
        flaky.setKnownIssues(List.of("https://go.dev/issue/56001", "javascript:alert(1)"));
        flaky.setNotes("<script>alert(1)</script>");
        flaky.setEnvironment(List.of(new EnvironmentVariable("SECRET_PLACE", "cellar")));
        farm.setBuilders(List.of(
                race,
                flaky,
                new Builder("linux-mips64-short", SamplePool.MIPS.value()),
                new Builder("lost", "host-gone")));
    }

    /** Users {@code admin}, {@code operator} (may read the system's settings) and {@code reader}; others see nothing. */
    public static void secure(JenkinsRule jenkins) {
        Jenkins.SYSTEM_READ.setEnabled(true);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("operator")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }
}
