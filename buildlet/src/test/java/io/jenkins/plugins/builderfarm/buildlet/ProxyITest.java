package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.proxy.ConnectProxy;
import io.jenkins.plugins.builderfarm.buildlet.support.BuildletProcess;
import io.jenkins.plugins.builderfarm.buildlet.support.MainWithProxyPassword;
import io.jenkins.plugins.builderfarm.buildlet.support.TestController;
import io.jenkins.plugins.builderfarm.buildlet.support.TestLease;
import io.jenkins.plugins.builderfarm.buildlet.support.TestSession;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
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

/** A controller whose name only a proxy knows, and a proxy that wants a password: of the buildlet and of the agent in it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions of the key file")
@Timeout(180)
class ProxyITest {
    private static final String PASSWORD = "s3cret";

    @TempDir
    Path home;

    private Path keyStore;
    private TestController controller;
    private ConnectProxy proxy;

    @BeforeEach
    void start() throws Exception {
        keyStore = home.resolve("keys.p12");
        List<String> keytool = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        keytool.addAll(List.of(("-genkeypair -alias farm -keyalg EC -dname CN=farm -ext san=dns:farm.example"
                        + " -storetype PKCS12 -storepass changeit -keystore " + keyStore)
                .split(" ")));
        Process made = new ProcessBuilder(keytool)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        controller = TestController.startTls(keyStore, "farm.example");
        proxy = new ConnectProxy(controller.port(), "me", PASSWORD);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        controller.close();
    }

    @Test
    void shouldDialInAndRunTheAgentThroughIt() throws Exception {
        try (BuildletProcess buildlet = buildlet(PASSWORD)) {
            TestSession session = controller.session();
            session.welcome(controller, BuildletProcess.key());
            session.next(MachineMessage.Ready.class);
            LeaseId lease = TestLease.next();
            session.send(new ControllerMessage.Lease(lease, "agent-secret"));
            session.next(MachineMessage.LeaseAccepted.class);
            assertThat(controller.agent().name).isEqualTo(lease.value());

            session.send(new ControllerMessage.Release(lease, false));
            assertThat(session.next(MachineMessage.Released.class).problem()).isEmpty();
            session.awaitClosed();

            assertThat(buildlet.exitCode()).as(buildlet.log()).isZero();
            // The control connection, the agent's program and the agent.
            String known = "CONNECT farm.example:" + controller.port() + " 200";
            assertThat(proxy.connects()).filteredOn(known::equals).hasSizeGreaterThanOrEqualTo(3);
            assertThat(buildlet.log()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void shouldSayThatTheProxyDoesNotKnowThePassword() throws Exception {
        try (BuildletProcess buildlet = buildlet("wr0ng")) {
            while (!buildlet.log().contains("next attempt")) {
                assertThat(buildlet.process().isAlive()).as(buildlet.log()).isTrue();
                Thread.sleep(50);
            }
            assertThat(buildlet.log())
                    .contains("the proxy 127.0.0.1:" + proxy.port() + " wants another password, or any (HTTP 407)")
                    .doesNotContain("wr0ng");
            assertThat(controller.hasSessions()).isFalse();
        }
    }

    private BuildletProcess buildlet(String password) throws Exception {
        return BuildletProcess.of(home, controller)
                .withJvm(
                        "-Djavax.net.ssl.trustStore=" + keyStore,
                        "-Djavax.net.ssl.trustStorePassword=changeit",
                        "-Dhttps.proxyHost=127.0.0.1",
                        "-Dhttps.proxyPort=" + proxy.port(),
                        "-Djdk.http.auth.tunneling.disabledSchemes=")
                .withMain(MainWithProxyPassword.class)
                .with("TEST_PROXY_PASSWORD", password)
                .start();
    }
}
