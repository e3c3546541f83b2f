package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.support.BuildletProcess;
import io.jenkins.plugins.builderfarm.buildlet.support.TestAgent;
import io.jenkins.plugins.builderfarm.buildlet.support.TestController;
import io.jenkins.plugins.builderfarm.buildlet.support.TestLease;
import io.jenkins.plugins.builderfarm.buildlet.support.TestSession;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A lease from its beginning to its end, with the packaged buildlet. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in agent runs sh")
@Timeout(120)
class LeaseITest {
    private static final BuilderKey KEY = BuildletProcess.key();
    private static final LeaseId LEASE = TestLease.next();
    private static final String SECRET = "agent-secret-0123456789abcdef";

    @TempDir
    Path home;

    private TestController controller;

    @BeforeEach
    void start() throws Exception {
        controller = TestController.start();
    }

    @AfterEach
    void stop() throws Exception {
        controller.close();
    }

    @Test
    void shouldRunOneLeaseAndLeave() throws Exception {
        try (BuildletProcess buildlet =
                BuildletProcess.of(home, controller, "-note=release 2 left").start()) {
            TestSession session = controller.session();
            MachineMessage.Hello hello = session.welcome(controller, KEY);
            assertThat(hello.machine()).hasToString("host-linux-test/board3");
            assertThat(hello.heldLease()).isEmpty();
            assertThat(hello.notes()).containsExactly("release 2 left");
            assertThat(hello.facts().workDir())
                    .isEqualTo(buildlet.workDirectory().toRealPath().toString());
            session.next(MachineMessage.Ready.class);

            session.send(new ControllerMessage.HealthCheck(7));
            assertThat(session.next(MachineMessage.Health.class).sequence()).isEqualTo(7);

            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            assertThat(session.next(MachineMessage.LeaseAccepted.class).lease()).isEqualTo(LEASE);
            TestAgent agent = controller.agent();
            assertThat(agent.name).isEqualTo(LEASE.value());
            assertThat(agent.secret).isEqualTo(SECRET);
            agent.run("mkdir -p " + buildlet.workDirectory() + "/" + LEASE + "/workspace && touch "
                    + buildlet.workDirectory() + "/" + LEASE + "/workspace/built");

            session.send(new ControllerMessage.Release(LEASE, false));
            MachineMessage.Released released = session.next(MachineMessage.Released.class);
            assertThat(released.lease()).isEqualTo(LEASE);
            assertThat(released.problem()).isEmpty();
            session.awaitClosed();

            assertThat(buildlet.exitCode()).as(buildlet.log()).isZero();
            assertThat(visibleFiles(buildlet)).isEmpty();
            assertThat(buildlet.progress()).containsExactly("dialled-in", "leased " + LEASE, "released " + LEASE);
            assertThat(buildlet.log()).doesNotContain(SECRET);
        }
    }

    @Test
    void shouldKeepTheLeaseWhenTheControllerRestarts() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            session.next(MachineMessage.LeaseAccepted.class);
            TestAgent agent = controller.agent();
            int port = controller.port();
            session.drop();
            agent.disconnect();
            controller.close();

            controller = TestController.start(port);
            TestSession again = controller.session();
            assertThat(again.welcome(controller, KEY).heldLease()).contains(LEASE);
            TestAgent agentAgain = controller.agent();
            assertThat(agentAgain.name).isEqualTo(LEASE.value());
            assertThat(agentAgain.cookie).isEqualTo(agent.cookie);

            again.send(new ControllerMessage.Release(LEASE, false));
            assertThat(again.next(MachineMessage.Released.class).problem()).isEmpty();
            assertThat(buildlet.exitCode()).as(buildlet.log()).isZero();
        }
    }

    @Test
    void shouldReleaseAtOnceWhatNobodyExpects() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            session.next(MachineMessage.LeaseAccepted.class);
            controller.agent();
            session.drop();

            TestSession again = controller.session();
            assertThat(again.welcome(controller, KEY).heldLease()).isEqualTo(Optional.of(LEASE));
            again.send(new ControllerMessage.Release(LEASE, false));
            again.next(MachineMessage.Released.class);
            assertThat(buildlet.exitCode()).as(buildlet.log()).isZero();
        }
    }

    @Test
    void shouldEndWhatTheBuildLeftRunning() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            session.next(MachineMessage.LeaseAccepted.class);
            TestAgent agent = controller.agent();
            Path pids = home.resolve("pids");
            // One that is still ours, one that got away, and one that got away and forgot whose it was.
            agent.run("sleep 1000 & echo $! >> " + pids);
            agent.run("setsid sh -c 'echo $$ >> " + pids + "; exec sleep 1000' >/dev/null 2>&1 &");
            agent.run("cd " + buildlet.workDirectory() + " && env -i setsid sh -c 'echo $$ >> " + pids
                    + "; exec sleep 1000' >/dev/null 2>&1 &");
            agent.run("while [ $(wc -l < " + pids + ") -lt 3 ]; do sleep 0.05; done; touch " + home.resolve("started"));
            awaitFile(home.resolve("started"));

            session.send(new ControllerMessage.Release(LEASE, false));
            assertThat(session.next(MachineMessage.Released.class).problem()).isEmpty();
            for (String pid : Files.readAllLines(pids)) {
                assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(LeaseITest::isReallyAlive))
                        .as(buildlet.log())
                        .isEmpty();
                assertThat(buildlet.log()).contains("(process " + pid + ")");
            }
            assertThat(buildlet.exitCode()).isZero();
        }
    }

    @Test
    void shouldEndWhatACrashLeft() throws Exception {
        Path pids = home.resolve("pids");
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            session.next(MachineMessage.LeaseAccepted.class);
            TestAgent agent = controller.agent();
            agent.run("cd / && setsid sh -c 'echo $$ > " + pids + "; exec sleep 1000' >/dev/null 2>&1 &");
            agent.run("touch " + buildlet.workDirectory() + "/built; while [ ! -s " + pids + " ]; do sleep 0.05; done;"
                    + " touch " + home.resolve("started"));
            awaitFile(home.resolve("started"));
            buildlet.process().destroyForcibly().waitFor();
        }
        long pid = Long.parseLong(Files.readString(pids).strip());
        assertThat(ProcessHandle.of(pid).filter(LeaseITest::isReallyAlive)).isPresent();
        controller.close();
        controller = TestController.start();
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = controller.session();
            assertThat(session.welcome(controller, KEY).heldLease()).isEmpty();
            session.next(MachineMessage.Ready.class);
            assertThat(ProcessHandle.of(pid).filter(LeaseITest::isReallyAlive)).isEmpty();
            assertThat(visibleFiles(buildlet)).isEmpty();
        }
    }

    @Test
    void shouldNotRunAnAgentWithAnotherDigest() throws Exception {
        byte[] other = controller.agentJar().toString().getBytes(StandardCharsets.UTF_8);
        controller.serveAgentJar(other);
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = controller.session();
            session.welcome(controller, KEY);
            MachineMessage.SetAside aside = session.next(MachineMessage.SetAside.class);
            assertThat(aside.reasons()).singleElement().asString().contains("is not the agent");

            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            assertThat(session.next(MachineMessage.LeaseFailed.class).lease()).isEqualTo(LEASE);
            assertThat(buildlet.workDirectory().resolveSibling("agent")).isEmptyDirectory();
        }
    }

    @Test
    void shouldFailTheLeaseWhenTheAgentIsNoAgent() throws Exception {
        controller.replaceAgentJar("not a jar".getBytes(StandardCharsets.UTF_8));
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            assertThat(session.next(MachineMessage.LeaseFailed.class).reason()).contains("agent");
            session.next(MachineMessage.Released.class);
            assertThat(buildlet.exitCode()).as(buildlet.log()).isZero();
            assertThat(buildlet.progress()).containsExactly("dialled-in");
        }
    }

    @Test
    void shouldCleanUpWhenItIsStopped() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            session.next(MachineMessage.LeaseAccepted.class);
            controller.agent();

            buildlet.process().destroy();
            assertThat(session.next(MachineMessage.LeaseFailed.class).reason()).contains("stopped");
            session.next(MachineMessage.Released.class);
            assertThat(buildlet.exitCode()).isEqualTo(128 + 15);
            assertThat(visibleFiles(buildlet)).isEmpty();
        }
    }

    @Test
    void shouldRebootWhenItsOwnerWantsThat() throws Exception {
        Path rebooted = home.resolve("rebooted");
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller, "-reboot")
                .with("BUILDER_REBOOT_COMMAND", "touch " + rebooted)
                .start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Lease(LEASE, SECRET));
            session.next(MachineMessage.LeaseAccepted.class);
            controller.agent().run("mkdir " + buildlet.workDirectory() + "/workspace && touch " + home + "/built");
            awaitFile(home.resolve("built"));
            session.send(new ControllerMessage.Release(LEASE, true));
            session.next(MachineMessage.Released.class);
            assertThat(buildlet.exitCode()).as(buildlet.log()).isEqualTo(ExitCode.REBOOTING.code());
            assertThat(rebooted).exists();
        }
    }

    private TestSession ready() throws Exception {
        TestSession session = controller.session();
        session.welcome(controller, KEY);
        session.next(MachineMessage.Ready.class);
        return session;
    }

    private static Stream<Path> visibleFiles(BuildletProcess buildlet) throws Exception {
        return Files.list(buildlet.workDirectory())
                .filter(file -> !file.getFileName().toString().startsWith("."));
    }

    /** A dead process that its parent has not noticed is no leftover. */
    private static boolean isReallyAlive(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return process.isAlive() && !Files.readString(stat).contains(") Z");
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void awaitFile(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
            Thread.sleep(20);
        }
    }
}
