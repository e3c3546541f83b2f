package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.model.queue.QueueTaskFuture;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** Leases and their nodes in a real queue. No agent ever comes up, so nothing changes but by what the test does. */
@WithJenkins
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeasesITest {
    private static JenkinsRule r;

    @BeforeAll
    static void share(JenkinsRule rule) throws Exception {
        r = rule;
        // Whatever runs here runs on a machine of the farm.
        r.jenkins.setNumExecutors(0);
    }

    @BeforeEach
    void farm() {
        PretendMachines.configure(0);
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        r.jenkins.getGlobalNodeProperties().clear();
        PretendMachines.forgetAll();
    }

    private FreeStyleProject job(String name, String label) throws Exception {
        FreeStyleProject project = r.createFreeStyleProject(name);
        project.setAssignedLabel(Label.parseExpression(label));
        return project;
    }

    private QueueTaskFuture<?> schedule(String name, String label) throws Exception {
        return job(name, label).scheduleBuild2(0);
    }

    private static String why(String job) {
        for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
            if (item.task.getName().equals(job)) {
                return String.valueOf(item.getWhy());
            }
        }
        return "not in the queue";
    }

    @Test
    void shouldLeaseOneMachineForEachWaitingItemAndNoMore() throws Exception {
        for (int i = 1; i <= 5; i++) {
            PretendMachines.dial("board" + i);
        }
        for (int i = 1; i <= 3; i++) {
            schedule("job" + i, PretendMachines.BUILDER);
        }
        PretendMachines.await(() -> PretendMachines.nodes().size() == 3);
        // Whatever wakes the matcher again must not lease for the same items again.
        for (int i = 0; i < 20; i++) {
            Queue.getInstance().maintain();
            LeaseMatcher.get().wake();
        }
        schedule("unrelated", "some-other-label");
        PretendMachines.await(() -> LeaseMatcher.get().served().size() == 3);

        assertThat(PretendMachines.nodes()).hasSize(3);
        assertThat(PretendMachines.count(MachineState.IDLE)).isEqualTo(2);
        assertThat(PretendMachines.count(MachineState.STARTING)).isEqualTo(3);
    }

    /** First, since a machine that was here once is not forgotten. */
    @Test
    @Order(1)
    void shouldSayWhyAnItemWaitsAndServeItOnceAMachineIsThere() throws Exception {
        schedule("first", PretendMachines.BUILDER);
        PretendMachines.await(
                () -> why("first").equals("no machine of " + PretendMachines.HOST_TYPE + " has ever dialled in"));
        PretendMachines.dial("board1");
        PretendMachines.await(() -> PretendMachines.nodes().size() == 1);

        schedule("second", PretendMachines.HOST_TYPE.value());
        PretendMachines.await(
                () -> why("second").equals("the only machine of " + PretendMachines.HOST_TYPE + " is busy"));
        PretendMachines.dial("board2");
        PretendMachines.await(() -> PretendMachines.nodes().size() == 2);
    }

    @Test
    void shouldGiveTheNodeWhatTheFarmSays() throws Exception {
        PretendMachines.dial("board1");
        schedule("job", PretendMachines.BUILDER);
        PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
        LeasedNode node = PretendMachines.nodes().get(0);

        assertThat(node.getNodeName()).startsWith(PretendMachines.HOST_TYPE + "-");
        assertThat(node.getAssignedLabels())
                .extracting(Label::getName)
                .containsExactlyInAnyOrder(
                        PretendMachines.HOST_TYPE.value(),
                        PretendMachines.BUILDER,
                        "linux",
                        "riscv64",
                        node.getNodeName());
        assertThat(node.getNumExecutors()).isOne();
        assertThat(node.getRemoteFS()).isEqualTo("/home/builder/work");
        assertThat(node.isUsed()).isFalse();
        assertThat(node.toComputer().buildEnvironment(TaskListener.NULL))
                .containsEntry("TMPDIR", "/home/builder/work/tmp")
                .doesNotContainKey("TEMP");
    }

    @Test
    void shouldLeaveTheTemporaryDirectoryToWhoeverConfiguredOne() throws Exception {
        PretendMachines.dial("board1");
        schedule("job", PretendMachines.BUILDER);
        PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
        Computer computer = PretendMachines.nodes().get(0).toComputer();

        r.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("TMPDIR", "/everywhere")));
        assertThat(computer.buildEnvironment(TaskListener.NULL)).containsEntry("TMPDIR", "/everywhere");

        HostType hostType = new HostType(PretendMachines.HOST_TYPE.value(), new ReversePool());
        hostType.setEnvironment(List.of(new EnvironmentVariable("TMPDIR", "/fast-disk")));
        BuilderFarmConfiguration.get().setHostTypes(List.of(hostType));
        assertThat(computer.buildEnvironment(TaskListener.NULL)).containsEntry("TMPDIR", "/fast-disk");
    }

    @Test
    void shouldNeverUseANameTwice() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            PretendMachines.dial("board1");
            QueueTaskFuture<?> build = schedule("job" + i, PretendMachines.BUILDER);
            PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
            assertThat(names.add(PretendMachines.nodes().get(0).getNodeName())).isTrue();
            build.cancel(true);
            Jenkins.get().removeNode(PretendMachines.nodes().get(0));
        }
    }

    @Test
    void shouldServeNobodyWhoDoesNotAskForTheHostTypeOrABuilder() throws Exception {
        PretendMachines.dial("board1");
        schedule("platform", "linux");
        schedule("negative", "!windows");
        schedule("both", PretendMachines.HOST_TYPE + " && linux");
        PretendMachines.await(() -> LeaseMatcher.get().served().size() == 1);

        assertThat(LeaseMatcher.get().served())
                .extracting(
                        want -> Queue.getInstance().getItem(want.item()).task.getName())
                .containsExactly("both");
    }

    @Test
    void shouldGiveTheMachineBackWhenTheNodeIsDeletedByHand() throws Exception {
        SimulatedMachine machine = PretendMachines.dial("board1");
        QueueTaskFuture<?> build = schedule("job", PretendMachines.BUILDER);
        PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
        build.cancel(true);

        LeasedNode node = PretendMachines.nodes().get(0);
        r.createWebClient()
                .getPage(new org.htmlunit.WebRequest(
                        r.createWebClient().createCrumbedUrl("computer/" + node.getNodeName() + "/doDelete"),
                        org.htmlunit.HttpMethod.POST));

        PretendMachines.await(() -> machine.state() == SimulatedMachine.State.DONE);
        assertThat(machine.lease()).isEmpty();
        assertThat(Farm.get().coordinator().isLive(node.leaseId())).isFalse();
        assertThat(PretendMachines.nodes()).isEmpty();
    }

    @Test
    void shouldKeepTheLeaseWhenTheNodesPageIsSavedOrTheConfigurationChanges() throws Exception {
        PretendMachines.dial("board1");
        schedule("job", PretendMachines.BUILDER);
        PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
        LeasedNode node = PretendMachines.nodes().get(0);

        assertThat(node.reconfigure((StaplerRequest2) null, null)).isSameAs(node);
        BuilderFarmConfiguration.get().setBuilders(List.of());
        Jenkins.get().reload();

        assertThat(Jenkins.get().getNode(node.getNodeName())).isInstanceOf(LeasedNode.class);
        assertThat(Farm.get().coordinator().isLive(node.leaseId())).isTrue();
    }

    @Test
    void shouldKeepSparesAndServeTheQueueFromThem() throws Exception {
        List<SimulatedMachine> machines = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            machines.add(PretendMachines.dial("board" + i));
        }
        PretendMachines.configure(2);
        PretendMachines.await(() -> PretendMachines.nodes().size() == 2);
        schedule("job", PretendMachines.BUILDER);
        // The item gets one of the two, and a third one is made ready.
        PretendMachines.await(() -> PretendMachines.nodes().size() == 3);
        assertThat(LeaseMatcher.get().served()).hasSize(1);

        PretendMachines.configure(0);
        BuilderFarmConfiguration.get().setHostTypes(List.of(disabled()));
        // Those that nobody waits for go at once.
        PretendMachines.await(() -> PretendMachines.nodes().size() == 1);
        PretendMachines.await(() -> machines.stream()
                        .filter(machine -> machine.state() == SimulatedMachine.State.DONE)
                        .count()
                == 2);
    }

    private static HostType disabled() {
        HostType hostType = new HostType(PretendMachines.HOST_TYPE.value(), new ReversePool());
        hostType.setDisabled(true);
        return hostType;
    }
}
