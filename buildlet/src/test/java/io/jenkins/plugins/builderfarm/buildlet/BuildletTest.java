package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.agent.AgentListener;
import io.jenkins.plugins.builderfarm.buildlet.agent.RunningAgent;
import io.jenkins.plugins.builderfarm.buildlet.control.Backoff;
import io.jenkins.plugins.builderfarm.buildlet.control.ControlLine;
import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.support.ManualLoop;
import io.jenkins.plugins.builderfarm.buildlet.support.TestNetwork;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a buildlet with its time, its network and its machine in the test's hand. */
class BuildletTest {
    private static final LeaseId LEASE = new LeaseId("host-linux-test-7f3k9m2q");
    private static final LeaseId OTHER = new LeaseId("host-linux-test-00000000");

    @TempDir
    Path directory;

    private final ManualLoop loop = new ManualLoop();
    private final TestNetwork network = new TestNetwork();
    private final Machine machine = new Machine();
    private final List<ExitCode> ends = new ArrayList<>();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private Buildlet buildlet;

    /** A machine that does as the test says, and notes what it was asked to do. */
    private static final class Machine implements Work {
        final List<String> done = new ArrayList<>();
        List<String> reasons = List.of();
        Optional<String> problem = Optional.empty();
        Optional<String> startProblem = Optional.empty();
        AgentListener agent;

        @Override
        public List<String> preflight(AgentJar jar) {
            done.add("preflight");
            return reasons;
        }

        @Override
        public MachineMessage.Health health(long sequence) {
            return new MachineMessage.Health(sequence, 1, 2, 3);
        }

        @Override
        public RunningAgent start(ControllerMessage.Lease lease, AgentJar jar, AgentListener listener)
                throws IOException {
            if (startProblem.isPresent()) {
                throw new IOException(startProblem.get());
            }
            done.add("start " + lease.lease());
            agent = listener;
            return () -> done.add("stop");
        }

        @Override
        public boolean isUsed(LeaseId lease) {
            return true;
        }

        @Override
        public Optional<String> cleanUp(LeaseId lease) {
            done.add("clean " + lease);
            return problem;
        }

        @Override
        public boolean reboot() {
            done.add("reboot");
            return true;
        }
    }

    @BeforeEach
    void dial() {
        dial(false);
    }

    private void dial(boolean reboot) {
        network.calls.clear();
        Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), () -> Instant.EPOCH);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));
        Progress progress = new Progress(Optional.of(directory.resolve("progress")), log);
        buildlet = new Buildlet(loop, Runnable::run, machine, progress, backoff, reboot, log, ends::add);
        buildlet.start(new ControlLine(loop, network, TestNetwork.introduction(), backoff, log, buildlet));
    }

    @Test
    void shouldBeReadyAfterItsPreflight() {
        ready();
        assertThat(machine.done).containsExactly("preflight");
    }

    @Test
    void shouldAnswerHealthAtOnceWhateverItDoes() {
        network.call().welcome(loop);
        network.call().next();
        network.call().say(loop, new ControllerMessage.HealthCheck(42));
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Health(42, 1, 2, 3));
        lease();
        network.call().say(loop, new ControllerMessage.HealthCheck(43));
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Health(43, 1, 2, 3));
    }

    @Test
    void shouldBeSetAsideUntilThePreflightPasses() {
        machine.reasons = List.of("the disk is full");
        network.call().welcome(loop);
        assertThat(network.call().next()).isEqualTo(new MachineMessage.SetAside(List.of("the disk is full")));
        hear();
        loop.advance(Buildlet.RECHECK);
        assertThat(network.call().next()).isInstanceOf(MachineMessage.SetAside.class);
        machine.reasons = List.of();
        hear();
        loop.advance(Buildlet.RECHECK);
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Ready());
    }

    @Test
    void shouldNoticeThatAReadyMachineNoLongerIs() {
        ready();
        machine.reasons = List.of("the disk is full");
        idleFor(Buildlet.QUIET_CHECK);
        assertThat(network.call().next()).isInstanceOf(MachineMessage.SetAside.class);
        network.call().say(loop, new ControllerMessage.Lease(LEASE, "secret"));
        assertThat(network.call().next()).isInstanceOf(MachineMessage.LeaseFailed.class);
        assertThat(machine.done).doesNotContain("start " + LEASE);
    }

    @Test
    void shouldRunALeaseCleanUpAndLeave() throws IOException {
        ready();
        lease();
        machine.agent.connected();
        release(LEASE);
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Released(LEASE, Optional.empty()));
        assertThat(network.call().closing).isTrue();
        assertThat(ends).isEmpty();
        network.call().drop(loop, "good-bye");
        assertThat(ends).containsExactly(ExitCode.COME_BACK);
        assertThat(machine.done).containsExactly("preflight", "start " + LEASE, "stop", "clean " + LEASE);
        assertThat(progress()).containsExactly("dialled-in", "leased " + LEASE, "released " + LEASE);
    }

    @Test
    void shouldLeaveEvenIfNobodySaysGoodBye() {
        ready();
        lease();
        release(LEASE);
        loop.advance(Duration.ofSeconds(5));
        assertThat(ends).containsExactly(ExitCode.COME_BACK);
    }

    @Test
    void shouldNotCountALeaseWithoutAnAgentAsRun() throws IOException {
        ready();
        lease();
        release(LEASE);
        assertThat(progress()).containsExactly("dialled-in", "leased " + LEASE);
    }

    @Test
    void shouldTellWhatItCouldNotCleanUp() throws IOException {
        machine.problem = Optional.of("can't remove x");
        ready();
        lease();
        machine.agent.connected();
        release(LEASE);
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Released(LEASE, Optional.of("can't remove x")));
        assertThat(progress()).doesNotContain("released " + LEASE);
    }

    @Test
    void shouldTakeOnlyOneLease() {
        ready();
        lease();
        network.call().say(loop, new ControllerMessage.Lease(OTHER, "secret"));
        assertThat(network.call().next())
                .isInstanceOfSatisfying(MachineMessage.LeaseFailed.class, failed -> assertThat(failed.lease())
                        .isEqualTo(OTHER));
        network.call().say(loop, new ControllerMessage.Lease(LEASE, "secret"));
        assertThat(network.call().isSilent()).isTrue();
        assertThat(machine.done).containsOnlyOnce("start " + LEASE);
    }

    @Test
    void shouldFailALeaseWhoseAgentDoesNotStart() {
        machine.startProblem = Optional.of("no such jar");
        ready();
        network.call().say(loop, new ControllerMessage.Lease(LEASE, "secret"));
        assertThat(network.call().next())
                .isInstanceOfSatisfying(MachineMessage.LeaseFailed.class, failed -> assertThat(failed.reason())
                        .contains("no such jar"));
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Released(LEASE, Optional.empty()));
        assertThat(machine.done).contains("clean " + LEASE);
    }

    @Test
    void shouldIgnoreTheReleaseOfAnotherLease() {
        ready();
        lease();
        release(OTHER);
        assertThat(network.call().isSilent()).isTrue();
        assertThat(machine.done).doesNotContain("stop");
    }

    @Test
    void shouldHoldItsLeaseWhileTheLineIsDown() {
        ready();
        lease();
        network.call().drop(loop, "gone");
        loop.advance(Duration.ofSeconds(3));
        assertThat(network.call().welcome(loop).heldLease()).contains(LEASE);
        assertThat(network.call().isSilent()).isTrue();
        assertThat(machine.done).containsExactly("preflight", "start " + LEASE);
    }

    @Test
    void shouldHoldItsLeaseHoweverLongTheControllerIsAway() {
        ready();
        lease();
        machine.agent.connected();
        machine.agent.disconnected();
        network.call().drop(loop, "gone");
        loop.advance(Duration.ofHours(3));
        assertThat(ends).isEmpty();
        assertThat(machine.done).doesNotContain("stop");
    }

    @Test
    void shouldGiveUpALeaseWhoseAgentCanNotReconnect() {
        ready();
        lease();
        machine.agent.connected();
        machine.agent.disconnected();
        idleFor(Buildlet.AGENT_GONE);
        assertThat(network.call().next()).isInstanceOf(MachineMessage.LeaseFailed.class);
        assertThat(network.call().next()).isInstanceOf(MachineMessage.Released.class);
    }

    @Test
    void shouldNotGiveUpALeaseWhoseAgentCameBack() {
        ready();
        lease();
        machine.agent.connected();
        machine.agent.disconnected();
        idleFor(Buildlet.AGENT_GONE.dividedBy(2));
        machine.agent.connected();
        idleFor(Buildlet.AGENT_GONE.multipliedBy(3));
        assertThat(network.call().isSilent()).isTrue();
    }

    @Test
    void shouldWaitAsLongAsARefusalSays() {
        network.call().challenge(loop);
        network.call().say(loop, new ControllerMessage.Refused(90_000));
        loop.advance(Duration.ofSeconds(89));
        assertThat(ends).isEmpty();
        loop.advance(Duration.ofSeconds(1));
        assertThat(ends).containsExactly(ExitCode.REFUSED);
        assertThat(network.calls).hasSize(1);
    }

    @Test
    void shouldGoOnWithItsLeaseWhenItIsRefusedButTheAgentIsNot() {
        ready();
        lease();
        machine.agent.connected();
        loop.settle();
        for (int i = 0; i < 10; i++) {
            refuse();
        }
        assertThat(machine.done).doesNotContain("stop");
    }

    @Test
    void shouldGiveUpItsLeaseWhenItIsRefusedAgainAndAgain() {
        ready();
        lease();
        for (int i = 0; i < 3; i++) {
            refuse();
        }
        assertThat(machine.done).contains("stop", "clean " + LEASE);
        loop.advance(Duration.ofSeconds(10));
        assertThat(ends).containsExactly(ExitCode.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(DrainReason.class)
    void shouldLeaveWhenItIsSentAway(DrainReason reason) {
        ready();
        network.call().say(loop, new ControllerMessage.Drain(reason, "because"));
        assertThat(network.call().next()).isInstanceOf(MachineMessage.Goodbye.class);
        network.call().drop(loop, "good-bye");
        if (reason == DrainReason.NEWER_BUILDLET) {
            assertThat(ends).containsExactly(ExitCode.COME_BACK);
        } else {
            assertThat(ends).isEmpty(); // not all at once
            loop.advance(Buildlet.SPREAD);
            assertThat(ends).containsExactly(ExitCode.COME_BACK);
        }
    }

    @Test
    void shouldFinishItsLeaseBeforeItLeaves() {
        ready();
        lease();
        network.call().say(loop, new ControllerMessage.Drain(DrainReason.SHUTDOWN, ""));
        assertThat(network.call().isSilent()).isTrue();
        release(LEASE);
        assertThat(network.call().next()).isInstanceOf(MachineMessage.Released.class);
    }

    @Test
    void shouldEndWhenTheControllerIsOutOfReach() {
        loop.advance(ControlLine.OUT_OF_REACH);
        loop.advance(Duration.ofSeconds(10));
        assertThat(ends).containsExactly(ExitCode.OUT_OF_REACH);
    }

    @Test
    void shouldRebootAfterALeaseIfItsOwnerLetsIt() {
        dial(true);
        ready();
        lease();
        release(LEASE);
        network.call().drop(loop, "good-bye");
        assertThat(ends).containsExactly(ExitCode.REBOOTING);
        assertThat(machine.done).endsWith("clean " + LEASE, "reboot");
    }

    @Test
    void shouldNotRebootUnlessItsOwnerLetsIt() {
        ready();
        lease();
        network.call().say(loop, new ControllerMessage.Release(LEASE, true));
        network.call().drop(loop, "good-bye");
        assertThat(ends).containsExactly(ExitCode.COME_BACK);
        assertThat(machine.done).doesNotContain("reboot");
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("needs -reboot");
    }

    @Test
    void shouldSayGoodByeWhenItIsStopped() {
        ready();
        buildlet.stop();
        assertThat(network.call().next()).isInstanceOf(MachineMessage.Goodbye.class);
        network.call().drop(loop, "good-bye");
        assertThat(ends).containsExactly(ExitCode.COME_BACK);
    }

    @Test
    void shouldCleanUpItsLeaseWhenItIsStopped() {
        ready();
        lease();
        buildlet.stop();
        loop.settle();
        assertThat(network.call().next()).isInstanceOf(MachineMessage.LeaseFailed.class);
        assertThat(network.call().next()).isInstanceOf(MachineMessage.Released.class);
        assertThat(machine.done).endsWith("stop", "clean " + LEASE);
    }

    private void ready() {
        network.call().welcome(loop);
        assertThat(network.call().next()).isEqualTo(new MachineMessage.Ready());
    }

    private void lease() {
        network.call().say(loop, new ControllerMessage.Lease(LEASE, "secret"));
        assertThat(network.call().next()).isEqualTo(new MachineMessage.LeaseAccepted(LEASE));
    }

    private void release(LeaseId lease) {
        network.call().say(loop, new ControllerMessage.Release(lease, false));
    }

    private void refuse() {
        network.call().drop(loop, "gone");
        int calls = network.calls.size();
        while (network.calls.size() == calls) {
            loop.advance(Duration.ofSeconds(1));
        }
        network.call().challenge(loop);
        network.call().say(loop, new ControllerMessage.Refused(1));
        loop.advance(Duration.ofMillis(1));
    }

    /** Something that is not answered for, so that the line isn't taken for dead. */
    private void hear() {
        network.call().receiver.received("{\"type\":\"weather\"}");
        loop.settle();
    }

    private void idleFor(Duration time) {
        for (Duration left = time; !left.isNegative(); left = left.minusSeconds(10)) {
            hear();
            loop.advance(Duration.ofSeconds(10));
        }
    }

    private List<String> progress() throws IOException {
        return Files.readAllLines(directory.resolve("progress"));
    }
}
