package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.view.Health;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitReasonTest {
    private static HostTypeView view(Map<MachineState, Integer> counts, Optional<Instant> lastSeen) {
        return new HostTypeView(
                HostTypeSettings.of(new HostTypeName("host-linux-mips64")), counts, 0, 0, 0, lastSeen, Health.OK, "");
    }

    @Test
    void shouldSayThatAllAreBusy() {
        assertThat(WaitReason.of(view(Map.of(MachineState.BUSY, 2, MachineState.STARTING, 1), Optional.empty())))
                .isEqualTo("all 3 machines of host-linux-mips64 are busy");
        assertThat(WaitReason.of(view(Map.of(MachineState.BUSY, 1, MachineState.MISSING, 4), Optional.empty())))
                .isEqualTo("the only machine of host-linux-mips64 is busy");
    }

    @Test
    void shouldSaySinceWhenNoneWasSeen() {
        assertThat(WaitReason.of(
                        view(Map.of(MachineState.MISSING, 1), Optional.of(Instant.parse("2026-11-23T08:15:30Z")))))
                .isEqualTo("no machine of host-linux-mips64 has been seen since 2026-11-23T08:15:00Z");
        assertThat(WaitReason.of(view(Map.of(), Optional.empty())))
                .isEqualTo("no machine of host-linux-mips64 has ever dialled in");
    }

    @Test
    void shouldSayWhatEachOneDoes() {
        assertThat(WaitReason.of(view(
                        Map.of(
                                MachineState.BUSY, 1,
                                MachineState.SET_ASIDE, 2,
                                MachineState.RELEASING, 1,
                                MachineState.CONNECTING, 1),
                        Optional.empty())))
                .isEqualTo("of 5 machines of host-linux-mips64 none is free:"
                        + " 1 busy, 2 set aside, 1 cleaning up, 1 coming or going");
    }
}
