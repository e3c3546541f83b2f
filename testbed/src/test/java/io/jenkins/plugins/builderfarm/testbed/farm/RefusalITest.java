package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is not let in: administrators read why, the machine reads that it was refused and no more. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalITest {

    private static final HostTypeName UNKNOWN = new HostTypeName("host-nobody-has");

    private Farm farm;

    @BeforeAll
    void openFarm(@TempDir Path directory) throws Exception {
        farm = Farm.open(directory);
        farm.controller()
                .configure(List.of(
                        HostTypeSettings.of(Farm.TYPE)
                                .withDenied(Set.of(new Hostname("denied")))
                                .withGenerations(Set.of(1)),
                        HostTypeSettings.of(Farm.OTHER_TYPE).withMinimumBuildlet(new Version("7.0"))));
    }

    @AfterAll
    void closeFarm() {
        farm.close();
    }

    @Test
    void shouldRefuseAKeyOfAnotherFarm() throws Exception {
        BuilderKey foreign = BuilderKey.derive(MasterKey.of(new byte[] {1}), Farm.TYPE, 1);
        refused(Farm.board("stranger"), foreign, Reason.WRONG_KEY);
    }

    @Test
    void shouldRefuseAKeyGenerationThatIsNotValid() throws Exception {
        BuilderKey second = Farm.key(Farm.TYPE, 2);
        refused(Farm.board("revoked"), second, Reason.KEY_REVOKED);
    }

    @Test
    void shouldRefuseAnUnknownHostType() throws Exception {
        refused(new MachineId(UNKNOWN, new Hostname("lost")), Farm.key(UNKNOWN), Reason.UNKNOWN_HOST_TYPE);
    }

    @Test
    void shouldRefuseADeniedMachine() throws Exception {
        refused(Farm.board("denied"), Farm.key(Farm.TYPE), Reason.MACHINE_DENIED);
    }

    @Test
    void shouldRefuseAnOutdatedBuildlet() throws Exception {
        Refusal refusal = refused(
                new MachineId(Farm.OTHER_TYPE, new Hostname("old")),
                Farm.key(Farm.OTHER_TYPE),
                Reason.BUILDLET_TOO_OLD);
        assertThat(refusal.detail()).contains(Farm.FIRST_RELEASE).contains("7.0");
    }

    /** The machine itself notices, before it tells anybody. */
    @Test
    void shouldNotDialWithAKeyOfAnotherHostType() throws Exception {
        try (Supervisor machine = farm.machine("mixed-up", Farm.board("mixed-up"), Farm.key(Farm.OTHER_TYPE))) {
            machine.lines().await("holds the key of " + Farm.OTHER_TYPE, Farm.LIMIT);
            machine.lines().await("supervisor: exit 3$", Farm.LIMIT);
        }
    }

    private Refusal refused(MachineId machine, BuilderKey key, Reason reason) throws Exception {
        try (Supervisor supervisor = farm.machine(machine.hostname().value(), machine, key)) {
            Refusal refusal = farm.awaitRefusal(machine.toString());
            assertThat(refusal.reason()).as(refusal.detail()).isEqualTo(reason);
            supervisor.lines().await("refused", Farm.LIMIT);
            assertThat(supervisor.lines().all())
                    .noneMatch(line -> line.contains(refusal.detail()) || line.contains(reason.name()));
            assertThat(farm.view(machine)).isEmpty();
            return refusal;
        }
    }
}
