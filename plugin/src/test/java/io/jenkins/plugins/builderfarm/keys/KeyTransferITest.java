package io.jenkins.plugins.builderfarm.keys;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import io.jenkins.plugins.builderfarm.cloud.PretendMachines;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A farm moves to another Jenkins, and no machine notices. */
@WithJenkins
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyTransferITest {
    private static final HostTypeName TYPE = PretendMachines.HOST_TYPE;
    private static final String PASSPHRASE = "correct horse battery";

    /** What the first Jenkins leaves to the second one, which is a new home and another store of secrets. */
    private record Legacy(String sealed, BuilderKey revoked, BuilderKey valid) {}

    private static Legacy legacy;

    private JenkinsRule jenkins;

    @Test
    @Order(1)
    void shouldExportFromOneJenkins(JenkinsRule first) {
        secureAndConfigure(first);
        BuilderKeys.get().rotate(TYPE);
        BuilderKeys.get().revoke(TYPE, 1);

        Result exported = cli("admin", PASSPHRASE + "\n", "--export", "--confirm");

        assertThat(exported.returnCode()).isZero();
        legacy = new Legacy(exported.stdout(), key(1), key(2));
    }

    @Test
    @Order(2)
    void shouldLetMachinesProveTheirOldKeyToASecondJenkins(JenkinsRule second) {
        secureAndConfigure(second);
        assertThat(key(2)).as("another controller's").isNotEqualTo(legacy.valid());
        assertThat(BuilderKeys.get().generations(TYPE)).containsExactly(1);
        assertThat(PretendMachines.dial("board1", legacy.valid()).state()).isEqualTo(SimulatedMachine.State.REFUSED);

        Result unconfirmed = cli("admin", PASSPHRASE + "\n" + legacy.sealed(), "--import");
        assertThat(unconfirmed.stderr()).contains("1 host types come with generations", "Nothing was changed");
        assertThat(BuilderKeys.get().generations(TYPE)).containsExactly(1);
        Result result = cli("admin", PASSPHRASE + "\n" + legacy.sealed() + "\n", "--import", "--confirm");

        assertThat(result.stderr()).isEmpty();
        assertThat(result.returnCode()).isZero();
        assertThat(BuilderKeys.get().problem()).isEmpty();
        assertThat(PretendMachines.dial("board1", legacy.valid()).state()).isEqualTo(SimulatedMachine.State.WAITING);
        assertThat(PretendMachines.count(MachineState.IDLE)).isEqualTo(1);
        assertThat(PretendMachines.dial("board2", legacy.revoked()).state())
                .as("what was revoked there stays revoked")
                .isEqualTo(SimulatedMachine.State.REFUSED);
        assertThat(Farm.get().refusals().get(0).detail()).contains("generation 1");
    }

    @Test
    void shouldBeGuardedAndAudited(JenkinsRule rule) {
        secureAndConfigure(rule);
        try (LogRecorder log =
                new LogRecorder().record(BuilderKeys.class, Level.INFO).capture(10)) {
            assertThat(cli("keeper", PASSPHRASE, "--export", "--confirm").returnCode())
                    .isEqualTo(6);
            assertThat(cli("admin", PASSPHRASE, "--export").stderr()).contains("repeat with --confirm");
            assertThat(cli("admin", "short", "--export", "--confirm").stderr()).contains("at least 12 are needed");
            assertThat(cli("admin", "", "--export", "--confirm").stderr()).contains("has to be the passphrase");
            assertThat(cli("admin", PASSPHRASE).stderr()).contains("either --export or --import");
            assertThat(cli("admin", PASSPHRASE + "\nnonsense", "--import", "--confirm")
                            .stderr())
                    .contains("no exported master key");
            assertThat(log.getMessages()).noneMatch(line -> line.contains("was imported"));

            Result exported = cli("admin", PASSPHRASE, "--export", "--confirm");

            assertThat(exported.returnCode()).isZero();
            assertThat(log.getMessages()).contains("Audit: the master key was exported by admin");
            assertThat(log.getMessages().toString())
                    .doesNotContain(PASSPHRASE, exported.stdout().strip());
        }
    }

    private static BuilderKey key(int generation) {
        return BuilderKey.derive(BuilderKeys.get().masterKey(), TYPE, generation);
    }

    private void secureAndConfigure(JenkinsRule rule) {
        jenkins = rule;
        PretendMachines.configure(0);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("keeper"));
    }

    private Result cli(String user, String input, String... arguments) {
        return new CLICommandInvoker(jenkins, "builder-farm-master-key")
                .asUser(user)
                .withStdin(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs(arguments);
    }
}
