package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.support.BuildletProcess;
import io.jenkins.plugins.builderfarm.buildlet.support.TestController;
import io.jenkins.plugins.builderfarm.buildlet.support.TestSession;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whom the packaged buildlet trusts: a certificate that its Java trusts, made out to the host that it dialled. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions of the key file")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class TlsITest {
    @TempDir
    Path home;

    private Path keyStore;
    private TestController controller;

    @BeforeEach
    void start() throws Exception {
        keyStore = home.resolve("keys.p12");
        String flags = "-genkeypair -alias farm -keyalg EC -dname CN=localhost -ext san=dns:localhost"
                + " -storetype PKCS12 -storepass changeit -keystore";
        List<String> command = new ArrayList<>(List.of(flags.split(" ")));
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add(keyStore.toString());
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keyStore).as(Files.readString(home.resolve("keytool.log"))).exists();
        controller = TestController.startTls(keyStore);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private String[] trust() {
        return new String[] {"-Djavax.net.ssl.trustStore=" + keyStore, "-Djavax.net.ssl.trustStorePassword=changeit"};
    }

    @Test
    void shouldDialInAndFetchTheAgentOverTls() throws Exception {
        try (BuildletProcess buildlet =
                BuildletProcess.of(home, controller).withJvm(trust()).start()) {
            TestSession session = controller.session();
            session.welcome(controller, BuildletProcess.key());
            session.next(MachineMessage.Ready.class);
            assertThat(controller.agentFetches()).isEqualTo(1);
            assertThat(buildlet.log()).contains("dialled in to https://localhost:");
        }
    }

    @Test
    void shouldNotTrustACertificateOfAnotherHost() throws Exception {
        try (BuildletProcess buildlet = new BuildletProcess(
                        home, "-coordinator=https://127.0.0.1:" + controller.port(), "-reverse-type=host-linux-test")
                .withJvm(trust())) {
            assertNoDial(buildlet, "No subject alternative names matching IP address 127.0.0.1 found");
        }
    }

    @Test
    void shouldNotTrustACertificateOfNobodyItKnows() throws Exception {
        try (BuildletProcess buildlet =
                new BuildletProcess(home, "-coordinator=" + controller.url(), "-reverse-type=host-linux-test")) {
            assertNoDial(buildlet, "unable to find valid certification path");
        }
    }

    private void assertNoDial(BuildletProcess buildlet, String reason) throws Exception {
        Files.writeString(home.resolve(".gobuildkey"), BuildletProcess.key().print());
        buildlet.start();
        while (!buildlet.log().contains("next attempt")) {
            Thread.sleep(50);
        }
        assertThat(buildlet.log()).contains(reason).doesNotContain("dialled in");
        assertThat(controller.hasSessions()).isFalse();
    }
}
