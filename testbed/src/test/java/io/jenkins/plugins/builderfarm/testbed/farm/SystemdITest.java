package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unit that {@code install-service} writes, installed and run as its first lines say, by a real systemd. */
@Timeout(300)
final class SystemdITest {
    private static final MachineId BOARD = Farm.board("board1");
    private static final String UNIT = "builder-farm";
    private static final String SIGTERM = "143";
    private static final List<String> HARDENED = List.of(
            "builder",
            "privileges can grow: 0",
            "homes: builder",
            "the temporary files of others: 0",
            "can write to /tmp");

    @TempDir
    private Path directory;

    private Path home;

    @Test
    void shouldRunUnderSystemd() throws Exception {
        home = Files.createDirectory(directory.resolve("home"));
        Files.copy(Programs.STAGE0.jar(), home.resolve("stage0.jar"));
        Secrets.write(
                home.resolve(".gobuildkey-" + Farm.TYPE), Farm.key(Farm.TYPE).print());
        SystemdBox.Attempt attempt = SystemdBox.open(Files.createDirectory(directory.resolve("box")), home);
        assumeTrue(attempt.box().isPresent(), "no systemd can be started here: " + attempt.whyNot());
        try (SystemdBox box = attempt.box().orElseThrow();
                Farm farm = Farm.open(directory)) {
            install(box, farm);
            makeOthersFiles(box);

            assertThat(box.run("systemctl", "enable", "--now", UNIT).code()).isZero();
            awaitDials(farm, 1);
            assertThat(seenByABuild(farm)).containsExactlyElementsOf(HARDENED);
            awaitDials(farm, 2);
            assertThat(box.property(UNIT, "NRestarts")).isEqualTo("1");

            assertThat(box.run("systemctl", "kill", "--kill-who=main", "--signal=KILL", UNIT)
                            .code())
                    .isZero();
            awaitDials(farm, 3);
            assertThat(box.property(UNIT, "NRestarts")).isEqualTo("2");
            farm.build(BOARD);

            assertThat(box.run("systemctl", "stop", UNIT).code()).isZero();
            assertThat(box.property(UNIT, "ActiveState")).isEqualTo("inactive");
            assertThat(box.property(UNIT, "Result")).isEqualTo("success");
            assertThat(box.property(UNIT, "ExecMainStatus")).isEqualTo(SIGTERM);
            farm.await(BOARD, view -> !view.connected());
        }
    }

    /** As a machine's owner does it, and with one file more: there is no journal in the box. */
    private void install(SystemdBox box, Farm farm) throws Exception {
        String java = Programs.java().toString();
        SystemdBox.Result installed = box.run(
                java,
                "-jar",
                "/home/builder/stage0.jar",
                "install-service",
                "-write",
                "-user=builder",
                "-coordinator=" + farm.controller().url(),
                "-reverse-type=" + Farm.TYPE,
                "-hostname=" + BOARD.hostname(),
                "-bucket=" + farm.publishing().url(),
                "-endpoint=" + farm.publishing().endpoint(),
                "-release-key=" + farm.publishing().releaseKey());
        assertThat(installed.code()).as(installed.text()).isZero();
        String settings = "/etc/systemd/system/" + UNIT + ".service.d";
        String lines = "[Service]\\nStandardOutput=append:/home/builder/log\\nStandardError=inherit\\n";
        box.run("mkdir", settings);
        box.run("sh", "-c", "printf '" + lines + "' > " + settings + "/log.conf");
        assertThat(box.run("systemctl", "daemon-reload").code()).isZero();
    }

    /** The folders are open to everybody, as far as the file system goes. */
    private static void makeOthersFiles(SystemdBox box) throws Exception {
        assertThat(box.run("sh", "-c", "mkdir -m 1777 /srv /home/somebody && touch /tmp/somebodys")
                        .code())
                .isZero();
    }

    private List<String> seenByABuild(Farm farm) throws Exception {
        Files.write(
                home.resolve("look.sh"),
                List.of(
                        "exec > /home/builder/look",
                        "id -un",
                        "echo privileges can grow: $(grep -c '^NoNewPrivs:.0' /proc/self/status)",
                        "echo homes: $(ls /home)",
                        "echo the temporary files of others: $(ls /tmp | grep -c somebodys)",
                        "touch /srv/trace 2> /dev/null && echo can write to /srv",
                        "touch /tmp/trace && echo can write to /tmp",
                        "mv /home/builder/look /home/builder/looked"));
        LeaseId lease = farm.begin(BOARD, "build: sh /home/builder/look.sh");
        farm.awaitFile(home.resolve("looked"));
        farm.controller().coordinator().release(lease);
        return Files.readAllLines(home.resolve("looked"));
    }

    private void awaitDials(Farm farm, int times) {
        Farm.patiently().untilAsserted(() -> assertThat(log())
                .filteredOn(line -> line.contains("buildlet: dialled in to "))
                .as("%s", log())
                .hasSize(times));
        farm.awaitIdle(BOARD);
    }

    private List<String> log() throws IOException {
        Path log = home.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }
}
