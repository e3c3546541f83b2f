package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.stage0.doctor.TestCertificate;
import io.jenkins.plugins.builderfarm.stage0.service.SystemdText;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code stage0 install-service} of the packaged jar, and what it wrote, run. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs what is in a systemd unit")
@Timeout(300)
final class InstallServiceITest {
    @TempDir
    private Path directory;

    private TestFarm farm;
    private TestMachine machine;
    private Path unit;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        machine = new TestMachine(directory, farm);
        unit = directory.resolve("builder-farm.service");
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }

    private TestMachine.Run install(String... more) throws Exception {
        return installFor("systemd", more);
    }

    private TestMachine.Run installFor(String system, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("install-service", "-system=" + system));
        arguments.addAll(List.of(
                "-coordinator=http://127.0.0.1:1/",
                "--reverse-type",
                TestMachine.HOST_TYPE,
                "-hostname=board1",
                "-loop",
                "-endpoint=" + farm.server().endpoint(),
                "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                "-release-key=" + farm.key()));
        arguments.addAll(List.of(more));
        return machine.finish(machine.exec(arguments));
    }

    private TestMachine.Run installFrom(Path config, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("install-service", "-system=systemd", "-out=" + unit, "-home=" + directory, "-config"));
        arguments.add(relative(config));
        arguments.addAll(List.of(more));
        return machine.finish(machine.exec(arguments));
    }

    /** As seen from where the processes of these tests run. */
    private static String relative(Path file) {
        return Path.of("").toAbsolutePath().relativize(file).toString();
    }

    private Path config(String... more) throws Exception {
        Files.writeString(directory.resolve("keys"), farm.key().toString());
        return Files.writeString(directory.resolve("stage0.conf"), """
                coordinator  = http://127.0.0.1:1/
                reverse-type = %s
                hostname     = board1
                bucket       = gs://%s/%s
                endpoint     = %s
                release-key-file = keys
                %s
                """.formatted(
                        TestMachine.HOST_TYPE,
                        TestFarm.BUCKET,
                        TestFarm.PREFIX,
                        farm.server().endpoint(),
                        String.join("\n", more)));
    }

    private static List<String> flags(List<String> command) {
        return command.subList(command.indexOf(TestMachine.JAR.toString()) + 1, command.size());
    }

    private static void run(List<String> command, Path directory) throws Exception {
        Path log = directory.resolve("service.log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    @Test
    void shouldNameAFileOfFlagsWhereItIsAndNothingElse() throws Exception {
        farm.publish(TestRelease.of("1.4", TestRelease.WELL));
        Path config = config("workdir = work");

        TestMachine.Run run = installFrom(config);

        assertThat(run.code()).as(run.log()).isZero();
        List<String> command = SystemdText.words(Files.readString(unit), "ExecStart");
        assertThat(flags(command)).containsExactly("-config=" + config);
        run(command, Files.createDirectory(directory.resolve("elsewhere")));
        assertThat(machine.versions()).containsExactly("1.4");
        assertThat(directory.resolve("builder-farm/host-linux-test/stage0/slots"))
                .exists();
    }

    @Test
    void shouldRefuseAFileOfFlagsThatStage0WouldRefuse() throws Exception {
        Path config = config("dial-seconds = soon");
        TestMachine.Run run = installFrom(config);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.log()).contains(config + " line 7: dial-seconds: 'soon' is not between 1 and 86400");
        assertThat(unit).doesNotExist();
    }

    @Test
    void shouldNameCertificatesAndLoginWhereTheyAre() throws Exception {
        Path certificate = Files.writeString(
                directory.resolve("farm.pem"),
                TestCertificate.make(directory.resolve("farm.p12"), "-ext san=dns:farm.example")
                        .pem());
        Path login = Files.writeString(directory.resolve("login"), "me:s3cret\n");

        TestMachine.Run run = installFrom(
                config("loop"),
                "-release-key-file=" + relative(directory.resolve("keys")),
                "-proxy=http://127.0.0.1:1",
                "-ca-file",
                relative(certificate),
                "--proxy-auth-file=" + relative(login));

        assertThat(run.code()).as(run.log()).isZero();
        String text = Files.readString(unit);
        assertThat(flags(SystemdText.words(text, "ExecStart")))
                .endsWith(
                        "-release-key-file=" + directory.resolve("keys"),
                        "-proxy=http://127.0.0.1:1",
                        "-ca-file=" + certificate,
                        "-proxy-auth-file=" + login,
                        "-loop=false");
        assertThat(text).doesNotContain("s3cret");
        Files.writeString(certificate, "none\n");
        TestMachine.Run refused = install("-ca-file=" + certificate);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.log()).contains("flag -ca-file: " + certificate + " holds no certificate");
    }

    @Test
    void shouldWriteAUnitWhoseCommandRunsABuildletOnce() throws Exception {
        farm.publish(TestRelease.of("1.4", TestRelease.WELL));
        String odd = directory.resolve("it's 100% $HOME").toString();

        TestMachine.Run run = install(
                "--out", unit.toString(), "-workdir", machine.work().toString(), "-state=" + odd, "-home=" + directory);

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log()).isEqualTo("wrote " + unit + "; its first lines say how to start it\n");
        List<String> command = SystemdText.words(Files.readString(unit), "ExecStart");
        assertThat(command).contains("-Xmx64m", "-state=" + odd).doesNotContain("-loop");
        run(command, directory);
        assertThat(machine.versions()).containsExactly("1.4");
        assertThat(Path.of(odd, "slots")).exists();
    }

    /** Whose Java crashes at every start. */
    @Test
    void shouldKeepTheLastCrashOfJavaAlone() throws Exception {
        Path home = Files.createDirectory(directory.resolve("100%p home"));
        Path report = home.resolve("builder-farm.crash.log");
        install("-out=" + unit, "-home=" + home, "-workdir=" + machine.work(), "-state=" + machine.state());
        List<String> command = SystemdText.words(Files.readString(unit), "ExecStart");
        List<String> endless = new ArrayList<>(command.subList(0, command.indexOf("-jar")));
        endless.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-cp", "target/test-classes", Endless.class.getName()));

        for (int crash = 0; crash < 2; crash++) {
            Process process =
                    new ProcessBuilder(endless).redirectErrorStream(true).start();
            assertThat(process.inputReader().readLine()).isEqualTo("begun");
            new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.inputReader().transferTo(Writer.nullWriter());
            process.waitFor();

            assertThat(report).content().contains("SIGSEGV", "pid=" + process.pid());
        }
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).containsExactly(report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrc", "launchd"})
    void shouldKeepALogWhereTheSystemKeepsNone(String system) throws Exception {
        assertThat(installFor(system, "-home=/home/builder").log())
                .contains("-log=/home/builder/builder-farm.log", "/home/builder/builder-farm.log.err");
        assertThat(installFor(system, "-home=/home/builder", "-log=farm.log").log())
                .contains("-log=" + Path.of("farm.log").toAbsolutePath())
                .doesNotContain("builder-farm.log");
    }

    @Test
    void shouldLetTheLogBeWrittenWhereItIs() throws Exception {
        Path log = directory.resolve("logs/stage0.log");
        String text = install("-home=/home/builder", "--log", relative(log)).log();
        assertThat(SystemdText.words(text, "ExecStart")).contains("-log=" + log);
        assertThat(SystemdText.all(text, "ReadWritePaths"))
                .containsExactly(
                        List.of("/home/builder"), List.of(log.getParent().toString()));

        installFrom(config("log = logs/stage0.log"), "-user=volunteer");
        String named = Files.readString(unit);
        assertThat(SystemdText.words(named, "ExecStart")).noneMatch(word -> word.startsWith("-log="));
        assertThat(named).contains("#   tail -F " + log + "\n");
        assertThat(log.getParent()).doesNotExist();
    }

    @Test
    void shouldPrintUnlessTold() throws Exception {
        TestMachine.Run run = install("-user=volunteer", "-home=/home/volunteer", "-name=second");
        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log())
                .startsWith("# second: lends this machine to a farm")
                .contains("\nUser=volunteer\n");
        assertThat(SystemdText.words(run.log(), "ExecStart"))
                .contains(TestMachine.JAR.toString())
                .endsWith(
                        "-workdir=/home/volunteer/builder-farm/host-linux-test/work",
                        "-state=/home/volunteer/builder-farm/host-linux-test/stage0");
    }

    @Test
    void shouldReplaceNothingUnlessTold() throws Exception {
        Files.writeString(unit, "mine");
        TestMachine.Run run = install("-out=" + unit);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.log()).contains(unit + ": it is there already; -force replaces it");
        assertThat(unit).hasContent("mine");

        assertThat(install("-out=" + unit, "-force").code()).isZero();
        assertThat(Files.readString(unit)).contains("[Service]");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void shouldNotMakeAServiceOfAMistake() throws Exception {
        TestMachine.Run run = install("-out=" + unit, "-colour=red");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.log()).contains("unknown flag -colour");
        assertThat(unit).doesNotExist();
    }
}
