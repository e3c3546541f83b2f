package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.proxy.ConnectProxy;
import io.jenkins.plugins.builderfarm.stage0.doctor.TestCertificate;
import io.jenkins.plugins.builderfarm.stage0.doctor.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code stage0 doctor} of the packaged jar where a controller and a mirror are known to a proxy alone, and their certificate
 * to nobody but the owner's file.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions of the key file")
@Timeout(300)
final class DoctorNetworkITest {
    private static final String LOGIN = "me:s3cret+%";

    @TempDir
    private Path directory;

    private final TestRelease release = TestRelease.of("1.3", TestRelease.WELL);
    private TestFarm farm;
    private TestSite controller;
    private TestMirror mirror;
    private ConnectProxy proxy;
    private TestMachine machine;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        farm.publish(release);
        TestCertificate shown = TestCertificate.make(
                directory.resolve("farm.p12"), "-ext san=dns:farm.example,dns:mirror.example -validity 90");
        Files.writeString(directory.resolve("farm.pem"), shown.pem());
        controller = new TestSite(shown.server());
        mirror = TestMirror.secure(shown.context());
        mirror.mirror(farm, release);
        proxy = new ConnectProxy(controller.port(), "me", "s3cret+%");
        proxy.route("mirror.example", mirror.port());
        machine = new TestMachine(directory, farm);
        Path key = directory.resolve(".gobuildkey-" + TestMachine.HOST_TYPE);
        secret(key, TestKeys.of(TestMachine.HOST_TYPE).print());
    }

    @AfterEach
    void end() throws Exception {
        proxy.close();
        mirror.close();
        controller.close();
        farm.close();
    }

    private static void secret(Path file, String text) throws Exception {
        Files.writeString(file, text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Nothing but a file of flags on the command line, as a service has it. */
    private TestMachine.Run doctor(Map<String, String> environment, String... more) throws Exception {
        Path config = Files.writeString(
                directory.resolve("config"), """
                coordinator  = https://farm.example/
                reverse-type = %s
                hostname     = board1
                workdir      = work
                state        = state
                bucket       = https://mirror.example/farm
                release-key  = %s
                buildlet-flag = -min-free-disk=1M
                %s
                """.formatted(TestMachine.HOST_TYPE, farm.key(), String.join("\n", more)));
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("JAVA_TOOL_OPTIONS", "-Duser.name=builder");
        return machine.finish(machine.exec(all, List.of("doctor", "-config", config.toString())));
    }

    private String proxyAddress() {
        return "127.0.0.1:" + proxy.port();
    }

    @Test
    void shouldSeeByTheSameWayAsStage0() throws Exception {
        secret(directory.resolve("login"), LOGIN);

        TestMachine.Run run = doctor(
                Map.of("https_proxy", "http://127.0.0.1:1"),
                "proxy = http://" + proxyAddress(),
                "proxy-auth-file = login",
                "ca-file = farm.pem");

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log())
                .contains("ok    proxy        farm.example by way of " + proxyAddress() + ", mirror.example by way of "
                        + proxyAddress() + "\n")
                .contains("ok    network      127.0.0.1 is 127.0.0.1\n")
                .contains("ok    bucket       https://mirror.example/farm/ is signed by a trusted key (serial 1)")
                .contains("ok    controller   https://farm.example/ answers (HTTP 200)\n")
                .contains("ok    certificate  valid for farm.example, 89 days left\n")
                .contains("ok    bucket-cert  valid for mirror.example, 89 days left\n")
                .contains("ok    reverse      wss://farm.example/reverse is a farm's controller")
                .contains("ok    clock        this machine's clock is with farm.example")
                .doesNotContain("s3cret");
        assertThat(controller.received()).doesNotContainIgnoringCase("proxy-authorization");
        assertThat(machine.state()).doesNotExist();
    }

    @Test
    void shouldSayThatTheProxyDoesNotKnowThePassword() throws Exception {
        secret(directory.resolve("login"), "me:wr0ng");

        TestMachine.Run run =
                doctor(Map.of(), "proxy = http://" + proxyAddress(), "proxy-auth-file = login", "ca-file = farm.pem");

        assertThat(run.code()).isEqualTo(11);
        assertThat(run.log())
                .contains(
                        "FAIL  bucket       https://mirror.example/farm/buildlet.json: HTTP 407 (the proxy wants another password")
                .contains(
                        "FAIL  controller   https://farm.example/ answers (HTTP 407): the proxy wants another password, or"
                                + " any; put USER:PASSWORD into the file that -proxy-auth-file names")
                .contains("skip  certificate  no certificate was seen: the proxy wants another password")
                .contains(
                        "FAIL  reverse      wss://farm.example/reverse can't be reached: the proxy wants another password")
                .doesNotContain("wr0ng");
        assertThat(controller.received()).isEmpty();
        assertThat(mirror.answers()).isEmpty();
    }

    @Test
    void shouldNameTheAuthorityThatOnlyAFileOfTheOwnersWouldVouchFor() throws Exception {
        TestMachine.Run run = doctor(Map.of("HTTPS_PROXY", "http://me:s3cret%2B%25@" + proxyAddress()));

        assertThat(run.code()).isEqualTo(11);
        String unknown =
                "the certificate was issued by CN=test-farm, whom this Java doesn't know; if that is the farm's"
                        + " own authority or your proxy's, name its certificate with -ca-file";
        assertThat(run.log())
                .contains("FAIL  certificate  " + unknown, "FAIL  bucket-cert  " + unknown)
                .contains("ok    proxy        farm.example by way of " + proxyAddress())
                .doesNotContain("s3cret");
        assertThat(proxy.connects()).contains("CONNECT farm.example:443 200", "CONNECT mirror.example:443 200");
        assertThat(mirror.answers()).isEmpty();
    }
}
