package io.jenkins.plugins.builderfarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BuilderKeyCommandITest {
    private static final String TYPE = "host-linux-mips64";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
        BuilderFarmConfiguration.get()
                .setHostTypes(List.of(
                        new HostType(TYPE, new ReversePool()),
                        new HostType("host-linux-amd64", new ExistingCloud("gce", "amd64"))));
    }

    @Test
    void shouldPrintAKeyFileAndNothingElse() {
        Result result = as("admin", TYPE);

        assertThat(result.returnCode()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(BuilderKey.parse(result.stdout()).hostType()).hasToString(TYPE);
        assertThat(result.stdout()).isEqualToIgnoringNewLines(as("admin", TYPE).stdout());
    }

    @Test
    void shouldRotateAndRevoke() {
        assertThat(BuilderKey.parse(as("admin", TYPE, "--rotate").stdout()).generation())
                .isEqualTo(2);

        Result revoked = as("admin", TYPE, "--revoke", "1");

        assertThat(revoked.returnCode()).isZero();
        assertThat(revoked.stdout()).isEmpty();
        assertThat(BuilderKeys.get()
                        .generations(BuilderFarmConfiguration.get()
                                .hostType(TYPE)
                                .orElseThrow()
                                .hostTypeName()))
                .containsExactly(2);
    }

    @Test
    void shouldRefuseWhoeverIsNoAdministrator() {
        Result result = as("reader", TYPE);

        assertThat(result.returnCode()).isEqualTo(6);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).contains("reader is missing the Builder Farm/SeeKeys permission");
    }

    @Test
    void shouldNameWhatIsWrong() {
        assertThat(as("admin", "host-linux-mips").stderr())
                .contains("no host type of the reverse pool is called 'host-linux-mips'");
        assertThat(as("admin", "host-linux-amd64").returnCode())
                .as("machines of a cloud have no key")
                .isEqualTo(3);
        assertThat(as("admin").returnCode()).isEqualTo(2);
        assertThat(as("admin", TYPE, "--rotate", "--revoke", "1").returnCode()).isEqualTo(2);
        assertThat(as("admin", TYPE, "--revoke", "9").stderr()).contains("has no generation 9");
    }

    private Result as(String user, String... arguments) {
        return new CLICommandInvoker(jenkins, "builder-farm-key").asUser(user).invokeWithArgs(arguments);
    }
}
