package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A disk that takes nothing: full, or read-only. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
final class UnwritableITest extends SeasonedMachine {
    private static final String NOBODY = "65534";

    /** A limit on the size of files: the kernel ends a write as it does on a full disk. */
    @Test
    void shouldComeUpWhenTheNewJarDoesNotFit() throws Exception {
        farm.publish(TestRelease.of("1.4", TestRelease.WELL));

        TestMachine.Run run =
                machine.finish(machine.startWith(List.of("sh", "-c", "ulimit -f 200; exec \"$@\"", "sh")));

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log()).contains("no newer release could be fetched: ", "starts release 1.3");
        assertThat(machine.run().log()).contains("starts release 1.4");
    }

    @Test
    void shouldComeUpWhenNothingAtAllCanBeWritten() throws Exception {
        farm.publish(TestRelease.of("1.4", TestRelease.WELL));
        List<String> prefix = asSomebodyWhoMayOnlyRead();

        TestMachine.Run run = machine.finish(machine.startWith(prefix));

        assertThat(run.log())
                .contains(
                        "the state directory can't be written to: ",
                        "no newer release could be fetched: ",
                        "starts release 1.3");
        assertThat(run.code()).as(run.log()).isZero();
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }

    @Test
    void shouldNameALogOfSomebodyElse() throws Exception {
        farm.publish(TestRelease.of("1.4", TestRelease.WELL));
        List<String> prefix = asSomebodyWhoMayOnlyRead();
        Path log = machine.state().resolve("stage0.log");

        TestMachine.Run run = machine.finish(machine.startWith(prefix, "-log=" + log));

        assertThat(run.log()).contains("stage0: flag -log: " + log + ": access denied\n");
        assertThat(run.code()).isEqualTo(2);
    }

    /** A file that can be written to is not enough. */
    @Test
    void shouldNameALogThatCannotBeRotated() throws Exception {
        Path log = Files.createFile(machine.state().resolve("stage0.log"));
        List<String> prefix = asSomebodyWhoMayOnlyRead();
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));

        TestMachine.Run run = machine.finish(machine.startWith(prefix, "-log=" + log));

        assertThat(run.log())
                .contains("stage0: flag -log: " + machine.state()
                        + ": nothing can be made there, so the log can't be rotated\n");
        assertThat(run.code()).isEqualTo(2);
    }

    /** Its owner learns of it soonest if it dials in. */
    @Test
    void shouldComeUpWhenTheLogsDiskIsReadOnly() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        List<String> readOnly = List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs -o ro tmpfs \"$0\" && exec \"$@\"", logs.toString());
        List<String> attempt = new ArrayList<>(readOnly);
        attempt.add("true");
        assumeTrue(
                new ProcessBuilder(attempt)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0,
                "mounting is needed to try this");
        Path log = logs.resolve("stage0.log");

        TestMachine.Run run = machine.finish(machine.startWith(readOnly, "-log=" + log));

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log()).contains("stage0: the log " + log + " can't be written to: ");
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
        assertThat(log).doesNotExist();
    }

    /** Root may write everywhere, so it becomes somebody else; anybody else loses the permission. */
    private List<String> asSomebodyWhoMayOnlyRead() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            Process setpriv = new ProcessBuilder("sh", "-c", "command -v setpriv").start();
            assumeTrue(setpriv.waitFor() == 0, "setpriv is needed to try this as root");
            machine.useJar(Files.copy(TestMachine.JAR, directory.resolve("stage0.jar")));
        }
        chmod(directory, "rwxr-xr-x", "rw-r--r--");
        chmod(machine.work(), "rwxrwxrwx", "rw-rw-rw-");
        chmod(machine.state(), "r-xr-xr-x", "r--r--r--");
        return root ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups") : List.of();
    }

    private static void chmod(Path root, String directories, String files) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? directories : files));
            }
        }
    }
}
