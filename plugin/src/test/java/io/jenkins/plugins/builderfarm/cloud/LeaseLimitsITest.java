package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SleepBuilder;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build, and a lease, that take longer than the host type allows; the agent is a real one, the clock isn't. */
@WithJenkins
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LeaseLimitsITest {
    @RegisterExtension
    private static final InboundAgentExtension AGENTS = new InboundAgentExtension();

    private static final Duration LIMIT = Duration.ofMinutes(30);

    @Test
    void shouldEndWhatTakesTooLong(JenkinsRule r) throws Exception {
        r.jenkins.setNumExecutors(0);
        FreeStyleProject project = r.createFreeStyleProject();
        project.setAssignedLabel(Label.get(PretendMachines.BUILDER));
        project.getBuildersList().add(new SleepBuilder(TimeUnit.HOURS.toMillis(1)));
        LeaseLimits limits = ExtensionList.lookupSingleton(LeaseLimits.class);

        configure(LIMIT, Duration.ZERO, 1);
        SimulatedMachine first = PretendMachines.dial("board1");
        FreeStyleBuild tooLong = start(r, project);
        limits.check(Instant.now().plus(LIMIT).minusSeconds(120));
        assertThat(tooLong.getExecutor().isInterrupted()).isFalse();
        limits.check(Instant.now().plus(LIMIT));
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(tooLong));
        r.assertLogContains("Host type host-linux-test lets a build run for 30 minutes at the most", tooLong);
        PretendMachines.await(() -> first.state() == SimulatedMachine.State.DONE);

        configure(Duration.ZERO, LIMIT, 1);
        SimulatedMachine second = PretendMachines.dial("board2");
        FreeStyleBuild endless = start(r, project);
        limits.check(Instant.now().plus(LIMIT));
        r.waitForCompletion(endless);
        r.assertLogContains("Host type host-linux-test leases a machine for 30 minutes at the most", endless);
        PretendMachines.await(() -> second.state() == SimulatedMachine.State.DONE);
        PretendMachines.await(() -> PretendMachines.nodes().isEmpty());
    }

    /** Both limits are the host type's; the builder says how many times longer its builds may take. */
    @Test
    void shouldGiveABuilderAsMuchMoreTimeAsItSays(JenkinsRule r) throws Exception {
        r.jenkins.setNumExecutors(0);
        FreeStyleProject project = r.createFreeStyleProject();
        project.setAssignedLabel(Label.get(PretendMachines.BUILDER));
        project.getBuildersList().add(new Shell("echo scale=$BUILDER_TIMEOUT_SCALE."));
        project.getBuildersList().add(new SleepBuilder(TimeUnit.HOURS.toMillis(1)));
        LeaseLimits limits = ExtensionList.lookupSingleton(LeaseLimits.class);

        configure(LIMIT, LIMIT.plusMinutes(5), 4);
        PretendMachines.dial("board1");
        FreeStyleBuild slow = start(r, project);
        r.assertLogContains("scale=4.", slow);
        limits.check(Instant.now().plus(LIMIT.multipliedBy(4)).minusSeconds(120));
        assertThat(slow.getExecutor().isInterrupted()).isFalse();
        assertThat(PretendMachines.nodes().get(0).isEnding()).isFalse();
        limits.check(Instant.now().plus(LIMIT.multipliedBy(4)));
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(slow));
        r.assertLogContains(
                "Host type host-linux-test lets a build run for 120 minutes (4 times 30) for builder linux-test-race"
                        + " at the most",
                slow);
        PretendMachines.await(() -> PretendMachines.nodes().isEmpty());

        configure(Duration.ZERO, LIMIT, 4);
        PretendMachines.dial("board2");
        FreeStyleBuild endless = start(r, project);
        limits.check(Instant.now().plus(LIMIT.multipliedBy(4)).minusSeconds(120));
        assertThat(PretendMachines.nodes().get(0).isEnding()).isFalse();
        limits.check(Instant.now().plus(LIMIT.multipliedBy(4)));
        r.waitForCompletion(endless);
        r.assertLogContains("leases a machine for 120 minutes (4 times 30) for builder linux-test-race", endless);
        PretendMachines.await(() -> PretendMachines.nodes().isEmpty());
    }

    private static void configure(Duration build, Duration lease, int scale) {
        ReversePool pool = new ReversePool();
        pool.setSpares(0);
        pool.setBuildLimit((int) build.toMinutes());
        pool.setLeaseLimit((int) lease.toMinutes());
        BuilderFarmConfiguration.get().setHostTypes(List.of(new HostType(PretendMachines.HOST_TYPE.value(), pool)));
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("**"));
        Builder builder = new Builder(PretendMachines.BUILDER, PretendMachines.HOST_TYPE.value());
        builder.setTimeoutScale(scale);
        BuilderFarmConfiguration.get().setBuilders(List.of(builder));
    }

    private static File agentJar(JenkinsRule r) throws IOException {
        File jar = new File(r.jenkins.getRootDir(), "agent.jar");
        FileUtils.writeByteArrayToFile(jar, new Slave.JnlpJar("agent.jar").readFully());
        return jar;
    }

    private static FreeStyleBuild start(JenkinsRule r, FreeStyleProject project) throws Exception {
        var build = project.scheduleBuild2(0);
        PretendMachines.await(() -> PretendMachines.count(MachineState.STARTING) == 1);
        LeasedComputer computer =
                (LeasedComputer) PretendMachines.nodes().get(0).toComputer();
        AGENTS.start(
                new InboundAgentExtension.AgentArguments(
                        agentJar(r), r.getURL().toString(), computer.getName(), computer.getJnlpMac(), 1, List.of()),
                InboundAgentExtension.Options.newBuilder()
                        .name(computer.getName())
                        .webSocket()
                        .build());
        FreeStyleBuild started = build.waitForStart();
        r.waitForMessage("Sleeping", started);
        return started;
    }
}
