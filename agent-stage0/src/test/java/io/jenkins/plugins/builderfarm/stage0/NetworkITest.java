package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.proxy.ConnectProxy;
import io.jenkins.plugins.builderfarm.stage0.doctor.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mirror whose name only a proxy knows, whose certificate only its owner's file vouches for, and a proxy that wants a
 * password. The flags come from a file.
 */
@Timeout(300)
final class NetworkITest {
    private static final String PASSWORD = "s3cret+%";

    @TempDir
    private Path directory;

    private final TestRelease release = TestRelease.of("1.3", TestRelease.WELL);
    private TestFarm farm;
    private TestMirror mirror;
    private ConnectProxy proxy;
    private TestMachine machine;
    private Path certificate;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        farm.publish(release);
        TestCertificate shown = TestCertificate.make(directory.resolve("farm.p12"), "-ext san=dns:farm.example");
        certificate = Files.writeString(directory.resolve("farm.pem"), shown.pem());
        mirror = TestMirror.secure(shown.context());
        mirror.mirror(farm, release);
        proxy = new ConnectProxy(mirror.port(), "me", PASSWORD);
        machine = new TestMachine(directory, farm);
    }

    @AfterEach
    void end() throws Exception {
        proxy.close();
        mirror.close();
        farm.close();
    }

    @Test
    void shouldFetchThroughAProxyThatWantsAPassword() throws Exception {
        Path login = Files.writeString(directory.resolve("login"), "me:" + PASSWORD + "\n");
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-r--r--"));

        TestMachine.Run run = run(
                Map.of("https_proxy", "http://127.0.0.1:1"),
                "proxy = http://127.0.0.1:" + proxy.port(),
                "proxy-auth-file = " + login,
                "ca-file = " + certificate);

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(machine.versions()).containsExactly("1.3");
        assertThat(proxy.connects()).contains("CONNECT farm.example:443 200");
        assertThat(run.log())
                .contains("warning: " + login + " holds a password and can be read by others")
                .doesNotContain("s3cret");
        assertThat(mirror.answers()).map(TestMirror.Answer::status).containsExactly(200, 200);
        assertThat(mirror.answers()).allSatisfy(answer -> assertThat(answer.header("Proxy-Authorization"))
                .isNull());
    }

    @Test
    void shouldTakeTheProxyFromTheEnvironment() throws Exception {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://me:s3cret%2B%25@127.0.0.1:" + proxy.port() + "/");
        TestMachine.Run run = run(environment, "ca-file = " + certificate);
        assertThat(run.code()).as(run.log()).isZero();
        assertThat(machine.versions()).containsExactly("1.3");
        assertThat(run.log()).doesNotContain("s3cret");
    }

    @Test
    void shouldSayThatTheProxyDoesNotKnowThePassword() throws Exception {
        Path login = Files.writeString(directory.resolve("login"), "me:wr0ng\n");
        TestMachine.Run run = run(
                Map.of(),
                "proxy = http://127.0.0.1:" + proxy.port(),
                "proxy-auth-file = " + login,
                "ca-file = " + certificate);
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.log())
                .contains("the proxy wants another password, or any")
                .doesNotContain("wr0ng");
        assertThat(mirror.answers()).isEmpty();
        assertThat(proxy.connects()).as("tries, which get accounts locked").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldNotTrustACertificateThatNobodyVouchesFor() throws Exception {
        TestMachine.Run run =
                run(Map.of("https_proxy", "http://me:s3cret%2B%25@127.0.0.1:" + proxy.port()), "# no ca-file");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.log()).contains("unable to find valid certification path");
        assertThat(mirror.answers()).isEmpty();
    }

    @Test
    void shouldWaitForANetworkAndNameAFileThatHoldsNoCertificate() throws Exception {
        TestMachine.Run run = run(Map.of("no_proxy", "*"), "wait-network = 1");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.log())
                .containsOnlyOnce("there is no network yet (https://farm.example/farm/buildlet.json: no address for"
                        + " farm.example); waits for it, up to 1 s")
                .containsOnlyOnce("still no network after ");

        Path text = Files.writeString(directory.resolve("text"), "no certificate\n");
        TestMachine.Run refused = run(Map.of(), "ca-file = " + text);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.log()).contains("flag -ca-file: " + text + " holds no certificate");
    }

    private TestMachine.Run run(Map<String, String> environment, String... more) throws Exception {
        Path config = Files.writeString(directory.resolve("config"), """
                coordinator  = http://127.0.0.1:1/jenkins
                reverse-type = %s
                hostname     = board1
                workdir      = %s
                state        = %s
                bucket       = https://farm.example/farm
                release-key  = %s
                fetch-seconds = 60
                %s
                """.formatted(
                        TestMachine.HOST_TYPE, machine.work(), machine.state(), farm.key(), String.join("\n", more)));
        return machine.finish(machine.exec(environment, List.of("--config", config.toString())));
    }
}
