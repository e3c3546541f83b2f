package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.support.BuildletProcess;
import io.jenkins.plugins.builderfarm.buildlet.support.TestController;
import io.jenkins.plugins.builderfarm.buildlet.support.TestSession;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged buildlet does on its control connection when it has no lease, and what ends it before. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions of the key file")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class DialITest {
    private static final BuilderKey KEY = BuildletProcess.key();
    private static final LeaseId LEASE = new LeaseId("host-linux-test-7f3k9m2q");

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
    void shouldBelieveNothingOfAControllerWithoutTheKey() throws Exception {
        BuilderKey other =
                BuilderKey.derive(MasterKey.of("other".getBytes(StandardCharsets.US_ASCII)), KEY.hostType(), 1);
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = controller.session();
            TestSession.Introduced introduced = session.challenge(controller, KEY);
            session.send(new ControllerMessage.Welcome(
                    1, introduced.handshake().controllerProof(other), controller.agentJar(), 30_000));
            session.send(new ControllerMessage.Lease(LEASE, "secret"));
            session.awaitClosed();

            assertThat(session.hasMessages()).isFalse();
            assertThat(controller.agentFetches()).isZero();
            controller.session().welcome(controller, KEY); // and dials again
            assertThat(buildlet.log()).contains("did not prove");
        }
    }

    @Test
    void shouldWaitAndEndWhenItIsRefused() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = controller.session();
            session.challenge(controller, KEY);
            session.send(new ControllerMessage.Refused(50));
            assertThat(buildlet.exitCode()).isEqualTo(ExitCode.REFUSED.code());
            assertThat(buildlet.log()).contains("refused");
        }
    }

    @Test
    void shouldMakeWayForANewerBuildlet() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.send(new ControllerMessage.Drain(DrainReason.NEWER_BUILDLET, "1.4 is out"));
            assertThat(session.next(MachineMessage.Goodbye.class).reason()).contains("newerBuildlet");
            session.awaitClosed();
            assertThat(buildlet.exitCode()).isZero();
            assertThat(buildlet.log()).contains("1.4 is out");
        }
    }

    @Test
    void shouldDialAgainAfterSilence() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = controller.session();
            session.welcome(controller, KEY, 1_000);
            session.awaitClosed();
            TestSession again = controller.session();
            assertThat(again.welcome(controller, KEY).heldLease()).isEmpty();
            assertThat(buildlet.log()).contains("nothing heard for 1000 ms");
        }
    }

    @Test
    void shouldDialAgainAfterABusyAnswer() throws Exception {
        controller.beBusy(1);
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            ready();
            assertThat(buildlet.log()).contains("HTTP 503");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"type\":7}", "{\"type\":\"lease\",\"lease\":\"../../etc\",\"secret\":\"x\"}"})
    void shouldDialAgainAfterNonsense(String nonsense) throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.sendRaw(nonsense);
            session.awaitClosed();
            ready();
            assertThat(buildlet.log()).contains("can't be understood");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Limits.LONGEST_MESSAGE + 1, 60_000, 1_000_000})
    void shouldDialAgainAfterAMessageThatIsTooLong(int length) throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.sendRaw("{\"type\":\"" + "x".repeat(length) + "\"}");
            session.awaitClosed();
            ready();
            assertThat(buildlet.process().isAlive()).isTrue();
        }
    }

    @Test
    void shouldIgnoreMessagesThatItDoesNotKnow() throws Exception {
        try (BuildletProcess buildlet = BuildletProcess.of(home, controller).start()) {
            TestSession session = ready();
            session.sendRaw("{\"type\":\"inTenYears\",\"x\":[1]}");
            session.send(new ControllerMessage.Release(LEASE, false)); // nothing is held
            session.send(new ControllerMessage.HealthCheck(1));
            assertThat(session.next(MachineMessage.Health.class).sequence()).isEqualTo(1);
            assertThat(buildlet.process().isAlive()).isTrue();
        }
    }

    @Test
    void shouldTellOfAKeyFileThatOthersCanRead() throws Exception {
        BuildletProcess buildlet = BuildletProcess.of(home, controller);
        Path key = home.resolve(".gobuildkey-" + KEY.hostType());
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        try (buildlet) {
            buildlet.start();
            MachineMessage.Hello hello = controller.session().welcome(controller, KEY);
            assertThat(hello.notes()).singleElement().asString().contains("chmod 600 " + key);
            assertThat(buildlet.log()).contains("chmod 600 " + key);
        }
    }

    @Test
    void shouldSetItselfAsideWithoutEnoughDisk() throws Exception {
        BuildletProcess buildlet = new BuildletProcess(
                home,
                "-coordinator=" + controller.url(),
                "-reverse-type",
                KEY.hostType().value(),
                "--min-free-disk=99999G");
        Files.writeString(home.resolve(".gobuildkey"), KEY.print());
        try (buildlet) {
            buildlet.start();
            TestSession session = controller.session();
            session.welcome(controller, KEY);
            assertThat(session.next(MachineMessage.SetAside.class).reasons())
                    .singleElement()
                    .asString()
                    .contains("are free for the work directory");
        }
    }

    @Test
    void shouldNameTheKeyFileThatIsMissingOrWrong() throws Exception {
        String[] flags = {"-coordinator=" + controller.url(), "-reverse-type=" + KEY.hostType()};
        try (BuildletProcess buildlet = new BuildletProcess(home, flags).start()) {
            assertThat(buildlet.exitCode()).isEqualTo(ExitCode.KEY.code());
            assertThat(buildlet.log())
                    .contains(home.resolve(".gobuildkey-" + KEY.hostType()).toString());
        }
        BuilderKey other = BuilderKey.derive(MasterKey.of(new byte[] {1}), new HostTypeName("host-other"), 1);
        Path file = Files.writeString(home.resolve(".gobuildkey"), other.print());
        try (BuildletProcess buildlet = new BuildletProcess(home, flags).start()) {
            assertThat(buildlet.exitCode()).isEqualTo(ExitCode.KEY.code());
            assertThat(buildlet.log()).contains(file.toString(), "host-other").doesNotContain(other.print());
        }
    }

    @Test
    void shouldNotEmptyTheWorkDirectoryOfAnotherBuildlet() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));
        try (BuildletProcess first = BuildletProcess.of(home, controller).start()) {
            ready();
            Path built = Files.writeString(first.workDirectory().resolve("built"), "x");
            try (BuildletProcess second = BuildletProcess.of(other, controller, "-workdir=" + first.workDirectory())
                    .start()) {
                assertThat(second.exitCode()).isEqualTo(ExitCode.WORK_DIRECTORY.code());
                assertThat(second.log()).contains("used by another buildlet");
            }
            assertThat(built).exists();
        }
    }

    @Test
    void shouldNotEmptyADirectoryOfSomebodyElse() throws Exception {
        Path photos = Files.createDirectory(home.resolve("photos"));
        Path photo = Files.writeString(photos.resolve("wedding.jpg"), "x");
        try (BuildletProcess buildlet =
                BuildletProcess.of(home, controller, "-workdir=" + photos).start()) {
            assertThat(buildlet.exitCode()).isEqualTo(ExitCode.WORK_DIRECTORY.code());
            assertThat(buildlet.log()).contains(photos.toString());
            assertThat(photo).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-reverse-type=host-x",
                "-coordinator=localhost",
                "-coordinator=http://example.com -reverse-type=host-x",
                "-coordinator=localhost -reverse-type=x",
                "-coordinator=localhost -reverse-type=host-x -reboot=maybe",
                "-coordinator=localhost -reverse-type=host-x -min-free-disk=lots",
                "-coordinator=localhost -reverse-type=host-x -hostname=a/b",
                "-coordinator=localhost -reverse-type=host-x -hostname",
                "-coordinator=localhost -coordinator=localhost -reverse-type=host-x",
                "-coordinator=localhost -reverse-type=host-x -frobnicate",
                "-coordinator=localhost -reverse-type=host-x surplus"
            })
    void shouldExplainBadFlags(String flags) throws Exception {
        try (BuildletProcess buildlet = new BuildletProcess(home, flags.split(" ")).start()) {
            assertThat(buildlet.exitCode()).isEqualTo(ExitCode.USAGE.code());
            assertThat(buildlet.log())
                    .startsWith("buildlet: ")
                    .contains("-help")
                    .hasLineCount(1);
        }
    }

    private TestSession ready() throws Exception {
        TestSession session = controller.session();
        session.welcome(controller, KEY);
        session.next(MachineMessage.Ready.class);
        return session;
    }
}
