package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Label;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A machine that takes its lease and never brings up an agent, as fast as that can be found out here. */
@WithJenkins
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NoAgentITest {
    private static final String ONLINE = "io.jenkins.plugins.builderfarm.farm.FarmTimings.online";

    @BeforeAll
    static void loseNoTime() {
        System.setProperty(ONLINE, "3");
    }

    @AfterAll
    static void asUsual() {
        System.clearProperty(ONLINE);
    }

    @Test
    void shouldTakeTheNodeAwayAndServeTheItemWithAnotherMachine(JenkinsRule r) throws Exception {
        r.jenkins.setNumExecutors(0);
        PretendMachines.configure(0);
        SimulatedMachine lame = PretendMachines.dial("lame");
        FreeStyleProject project = r.createFreeStyleProject("job");
        project.setAssignedLabel(Label.get(PretendMachines.BUILDER));
        project.scheduleBuild2(0);
        PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
        LeasedNode first = PretendMachines.nodes().get(0);

        SimulatedMachine other = PretendMachines.dial("other");
        PretendMachines.await(() -> other.state() == SimulatedMachine.State.LEASED);

        assertThat(Farm.get().coordinator().isLive(first.leaseId())).isFalse();
        PretendMachines.await(() -> !PretendMachines.nodes().contains(first));
        PretendMachines.await(() -> lame.state() == SimulatedMachine.State.DONE);
        assertThat(r.jenkins.getQueue().getItems()).hasSize(1);
    }
}
