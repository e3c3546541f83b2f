package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import io.jenkins.plugins.builderfarm.stage0.doctor.TestCertificate;
import io.jenkins.plugins.builderfarm.stage0.doctor.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code stage0 doctor} of the packaged jar: on a machine where all is well, and where one thing is wrong. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions of the key file")
@Timeout(300)
final class DoctorITest {
    @TempDir
    private Path directory;

    private final TestRelease release = TestRelease.of("1.4", TestRelease.WELL);
    private TestFarm farm;
    private TestSite controller;
    private TestMachine machine;
    private Path keyFile;
    private String coordinator;
    private String work;
    private String jvm = "-Duser.name=builder";

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        farm.publish(release);
        controller = new TestSite();
        machine = new TestMachine(directory, farm);
        coordinator = "http://127.0.0.1:" + controller.port();
        work = directory.resolve("work").toString();
        keyFile = directory.resolve(".gobuildkey-" + TestMachine.HOST_TYPE);
        key(TestKeys.of(TestMachine.HOST_TYPE).print(), "rw-------");
    }

    @AfterEach
    void end() throws Exception {
        controller.close();
        farm.close();
    }

    private void key(String text, String permissions) throws Exception {
        Files.writeString(keyFile, text);
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString(permissions));
    }

    private TestMachine.Run doctor(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "doctor",
                "-coordinator=" + coordinator,
                "-reverse-type=" + TestMachine.HOST_TYPE,
                "-hostname=board1",
                "-workdir=" + work,
                "-state=" + machine.state(),
                "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                "-endpoint=" + farm.server().endpoint(),
                "-release-key=" + farm.key(),
                "-buildlet-flag=-min-free-disk=1M"));
        arguments.addAll(List.of(more));
        return machine.finish(machine.exec(Map.of("JAVA_TOOL_OPTIONS", jvm), arguments));
    }

    /** The level of each check, by its name. */
    private static Map<String, String> levels(String log) {
        JsonArray array =
                JsonParser.parseString(log.substring(log.indexOf("\n[\n"))).getAsJsonArray();
        Map<String, String> levels = new LinkedHashMap<>();
        for (JsonElement element : array) {
            levels.put(
                    element.getAsJsonObject().get("name").getAsString(),
                    element.getAsJsonObject().get("status").getAsString());
        }
        return levels;
    }

    @Test
    void shouldFindAMachineWellAndChangeNothing() throws Exception {
        TestMachine.Run run = doctor();

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log())
                .contains("ok    key          " + keyFile + " holds the builder key of host-linux-test, generation 1\n")
                .contains("ok    bucket       gs://farm/releases is signed by a trusted key (serial 1)")
                .contains("ok    reverse      ws://127.0.0.1:" + controller.port() + "/reverse is a farm's controller")
                .contains("ok    clock        this machine's clock is ")
                .contains("skip  certificate  plain http, which has none\n")
                .doesNotContain("warn")
                .doesNotContain("FAIL");
        assertThat(machine.state()).doesNotExist();
        assertThat(Path.of(work)).doesNotExist();
        String secret = TestKeys.of(TestMachine.HOST_TYPE).print().split(":")[3];
        assertThat(run.log() + controller.received()).doesNotContain(secret);
    }

    private enum Wrong {
        KEY_OF_ANOTHER_HOST_TYPE("key", "fail", "holds the key of host-other"),
        KEY_THAT_OTHERS_READ("key", "warn", "run: chmod 600 "),
        BUCKET_DOWN("bucket", "fail", "Connection refused"),
        SIGNED_BY_A_STRANGER("bucket", "fail", "no valid signature by a trusted key"),
        CONTROLLER_DOWN("controller", "fail", "can't be reached: Connection refused"),
        NO_FARM("reverse", "fail", "answers HTTP 404 to a WebSocket"),
        CERTIFICATE_OF_ANOTHER_HOST("certificate", "fail", "the certificate is farm.example's, not localhost's"),
        CERTIFICATE_OF_NOBODY("certificate", "fail", "whom this Java doesn't know"),
        CLOCK_OFF("clock", "warn", "s behind 127.0.0.1"),
        WORK_DIRECTORY_THAT_CANT_BE_MADE("work", "fail", "is not a directory"),
        ROOT("user", "warn", "runs as root");

        private final String check;
        private final String level;
        private final String message;

        Wrong(String check, String level, String message) {
            this.check = check;
            this.level = level;
            this.message = message;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void shouldNameWhatIsWrong(Wrong wrong) throws Exception {
        arrange(wrong);

        TestMachine.Run run = doctor("--json");

        assertThat(levels(run.log())).as(run.log()).containsEntry(wrong.check, wrong.level);
        assertThat(run.log()).contains(wrong.message);
        assertThat(run.code()).isEqualTo(wrong.level.equals("warn") ? 10 : 11);
    }

    private void arrange(Wrong wrong) throws Exception {
        switch (wrong) {
            case KEY_OF_ANOTHER_HOST_TYPE -> key(TestKeys.of("host-other").print(), "rw-------");
            case KEY_THAT_OTHERS_READ -> key(TestKeys.of(TestMachine.HOST_TYPE).print(), "rw-r--r--");
            case BUCKET_DOWN -> farm.down();
            case SIGNED_BY_A_STRANGER ->
                farm.putManifest(TestFarm.sign(
                        farm.manifest(release.version(), Optional.empty()), SigningKey.generate(new SecureRandom())));
            case CONTROLLER_DOWN -> controller.close();
            case NO_FARM -> controller.upgrading(404);
            case CERTIFICATE_OF_ANOTHER_HOST -> tls("-ext san=dns:farm.example", true);
            case CERTIFICATE_OF_NOBODY -> tls("-ext san=dns:localhost", false);
            case CLOCK_OFF -> controller.ahead(Duration.ofHours(2));
            case WORK_DIRECTORY_THAT_CANT_BE_MADE -> work = keyFile + "/work";
            case ROOT -> jvm = "-Duser.name=root";
        }
    }

    private void tls(String certificate, boolean trusted) throws Exception {
        TestCertificate shown = TestCertificate.make(directory.resolve("farm.p12"), certificate);
        controller.close();
        controller = new TestSite(shown.server());
        coordinator = "https://localhost:" + controller.port();
        if (trusted) {
            jvm += " -Djavax.net.ssl.trustStore=" + shown.store() + " -Djavax.net.ssl.trustStorePassword="
                    + TestCertificate.PASSWORD;
        }
    }

    /** What the waiting process doesn't load costs a small machine no memory. */
    @Test
    void shouldNotBePartOfAStart() throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Process start = machine.exec(
                Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes.resolve("%p")),
                List.of(
                        "-coordinator=" + coordinator,
                        "-reverse-type=" + TestMachine.HOST_TYPE,
                        "-hostname=board1",
                        "-workdir=" + work,
                        "-state=" + machine.state(),
                        "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                        "-endpoint=" + farm.server().endpoint(),
                        "-release-key=" + farm.key()));
        assertThat(machine.finish(start).code()).isZero();
        // The fetch, which is a process of its own, has a list of its own.
        StringBuilder loaded = new StringBuilder();
        try (Stream<Path> lists = Files.list(classes)) {
            for (Path list : lists.toList()) {
                loaded.append(Files.readString(list));
            }
        }
        assertThat(loaded.toString())
                .contains("builderfarm.stage0.run.Start ")
                .doesNotContain("stage0.doctor.", "stage0.service.", "stage0.Commands");
    }

    @Test
    void shouldSayWhichFlagIsWrong() throws Exception {
        TestMachine.Run run = machine.finish(machine.exec(List.of("doctor", "--json", "-reverse-type=host-a")));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.log()).contains("flag -coordinator is missing");
    }
}
