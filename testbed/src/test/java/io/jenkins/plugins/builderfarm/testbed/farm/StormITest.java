package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackController;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackSetup;
import io.jenkins.plugins.builderfarm.testbed.machine.MachineStorm;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Every machine at once, as after a restart of the controller. */
@Timeout(300)
@Isolated("a thousand machines need both processors")
final class StormITest {

    private static final HostTypeName TYPE = new HostTypeName("host-storm");
    private static final MasterKey MASTER = MasterKey.of(new byte[] {7});

    @TempDir
    private Path directory;

    @Test
    void shouldLetAThousandMachinesIn() throws Exception {
        Path key = Secrets.write(
                directory.resolve("key"), BuilderKey.derive(MASTER, TYPE, 1).print());
        try (LoopbackController controller = LoopbackController.start(
                        LoopbackSetup.of(MASTER, HostTypeSettings.of(TYPE).withExpected(1000)));
                ManagedProcess storm = ManagedProcess.start(
                        Programs.testbed(
                                MachineStorm.class,
                                List.of(
                                        "--controller=" + controller.url(),
                                        "--key-file=" + key,
                                        "--machines=1000",
                                        "--status-file=" + directory.resolve("status"))),
                        Map.of(),
                        directory,
                        new Lines())) {
            storm.lines().await("storm: 1000 of 1000 in .* 0 refused, 0 lost", Duration.ofSeconds(240));
            assertThat(controller.coordinator().hostType(TYPE).orElseThrow().count(MachineState.IDLE))
                    .isEqualTo(1000);
            assertThat(controller.coordinator().refusals()).isEmpty();
            assertThat(directory.resolve("status")).content().contains("\"machines\":1000");
        }
    }
}
