package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is said with {@code -log}, and where. What the process wrote to its own streams is a {@link TestMachine.Run}'s log. */
@Timeout(300)
final class LogITest extends SeasonedMachine {
    private static final String SAYS_NOTHING = "";
    /** In blocks of 512 bytes, as sh counts. */
    private static final int BLOCKS = 200;

    private Path log;

    @BeforeEach
    void name() {
        log = directory.resolve("logs/of 100%/stage0.log");
    }

    private String flag() {
        return "-log=" + log;
    }

    @Test
    void shouldSayEverythingInTheFileOverRestarts() throws Exception {
        farm.publish(TestRelease.of("1.4", "say out of 1.4\ncomplain of 1.4\n" + TestRelease.WELL));
        assertThat(machine.run(flag())).isEqualTo(new TestMachine.Run(0, SAYS_NOTHING));
        farm.publish(TestRelease.of("1.5", "throw up"));
        assertThat(machine.run(flag())).isEqualTo(new TestMachine.Run(1, SAYS_NOTHING));

        // The first of these is the fetching process's line.
        assertThat(Files.readString(log))
                .containsSubsequence(
                        "stage0: fetched and verified release 1.4",
                        "stage0: starts release 1.4",
                        "\nout of 1.4\nof 1.4\n",
                        "stage0: release 1.4 ended with exit code 0",
                        "stage0: fetched and verified release 1.5",
                        "stage0: the buildlet crashed: java.lang.IllegalStateException: up at ");
        assertThat(Files.readString(log)).endsWith("\n").doesNotContain("\n\n");
    }

    @Test
    void shouldSayEverythingInTheFileInALoop() throws Exception {
        Path config = Files.writeString(directory.resolve("stage0.conf"), "loop\nlog = stage0.log\n");
        log = directory.resolve("stage0.log");
        farm.publish(TestRelease.of("1.4", "return 1"));
        Process process = machine.start("-config=" + config);
        machine.awaitRuns(process, 2);
        machine.await(process, () -> Files.readString(log).contains("stage0: starts again in "));
        farm.publish(TestRelease.of("1.5", "progress dialled-in\nprogress leased b\nprogress released b\nreturn 7"));

        assertThat(machine.finish(process)).isEqualTo(new TestMachine.Run(7, SAYS_NOTHING));

        assertThat(Files.readString(log))
                .containsSubsequence(
                        "stage0: release 1.4 ended with exit code 1",
                        "stage0: starts again in ",
                        "stage0: release 1.5 ended with exit code 7");
    }

    @Test
    void shouldAppendAfterItWasKilled() throws Exception {
        farm.publish(TestRelease.of("1.4", "progress dialled-in\nhang"));
        Process killed = machine.start(flag());
        machine.awaitRuns(killed, 2);
        killed.destroyForcibly().waitFor();
        farm.publish(TestRelease.of("1.5", TestRelease.WELL));

        assertThat(machine.run(flag())).isEqualTo(new TestMachine.Run(0, SAYS_NOTHING));

        assertThat(Files.readString(log)).containsSubsequence("starts release 1.4", "starts release 1.5");
    }

    @Test
    void shouldSayAMistakeWhereItsMakerLooks() throws Exception {
        TestMachine.Run unknown = machine.run(flag(), "-colour=red");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.log()).contains("unknown flag -colour");
        assertThat(log).doesNotExist();

        TestMachine.Run certificates = machine.run(flag(), "-ca-file=" + directory.resolve("none.pem"));
        assertThat(certificates.code()).isEqualTo(2);
        assertThat(certificates.log()).contains("flag -ca-file: " + directory.resolve("none.pem"));
    }

    @Test
    void shouldNameALogThatCannotBeWritten() throws Exception {
        log = Files.createFile(directory.resolve("taken")).resolve("stage0.log");
        TestMachine.Run run = machine.run(flag());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.log()).contains("stage0: flag -log: " + directory.resolve("taken") + ": not a directory\n");
        assertThat(machine.versions()).containsExactly("1.3");
    }

    @Test
    void shouldLeaveTheLogToAStart() throws Exception {
        machine.run(flag(), "-version");
        machine.run(flag(), "-help");
        machine.finish(machine.exec(List.of(
                "doctor",
                flag(),
                "-coordinator=" + TestFarm.NOWHERE,
                "-reverse-type=" + TestMachine.HOST_TYPE,
                "-hostname=board1",
                "-state=" + machine.state(),
                "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                "-endpoint=" + farm.server().endpoint(),
                "-release-key=" + farm.key())));
        assertThat(log).doesNotExist();
    }

    /** A limit on the size of files: the kernel ends a write as it does on a full disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldWorkOnWithoutRoomForTheLog() throws Exception {
        Files.createDirectories(log.getParent());
        String before = "x".repeat(BLOCKS * 512 - 100) + "\n";
        Files.writeString(log, before);

        TestMachine.Run run = machine.finish(
                machine.startWith(List.of("sh", "-c", "ulimit -f " + BLOCKS + "; exec \"$@\"", "sh"), flag()));

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log())
                .as("what the process itself said")
                .contains("stage0: the log " + log + " can't be written to: ")
                .hasLineCount(1);
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
        assertThat(Files.size(log)).isEqualTo(BLOCKS * 512);
        machine.run(flag());
        assertThat(Files.readString(log)).startsWith(before).contains("starts release 1.3");
    }
}
