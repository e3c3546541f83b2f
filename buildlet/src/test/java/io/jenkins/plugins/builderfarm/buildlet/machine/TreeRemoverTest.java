package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions, links and a shell")
@Timeout(60)
class TreeRemoverTest {
    @TempDir
    Path home;

    private Path top() throws IOException {
        return Files.createDirectories(home.resolve("work"));
    }

    @Test
    void shouldRemoveAllButTheOneToKeep() throws IOException {
        Files.createDirectories(top().resolve("a/b/c"));
        Files.writeString(top().resolve("a/b/file"), "x");
        Files.writeString(top().resolve("kept"), "x");
        Files.createDirectories(top().resolve("d"));
        Files.writeString(top().resolve("d/kept"), "x");
        assertThat(TreeRemover.empty(top(), "kept")).isEmpty();
        assertThat(top()).isDirectoryContaining("glob:**/kept");
        assertThat(Files.list(top())).hasSize(1);
    }

    @Test
    void shouldNotFollowLinks() throws IOException {
        Path outside = Files.createDirectories(home.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious"), "x");
        Files.createSymbolicLink(top().resolve("link"), outside);
        Files.createSymbolicLink(top().resolve("file-link"), precious);
        Files.createSymbolicLink(top().resolve("loop"), top());
        Files.createSymbolicLink(top().resolve("dangling"), home.resolve("nowhere"));
        assertThat(TreeRemover.empty(top(), "")).isEmpty();
        assertThat(top()).isEmptyDirectory();
        assertThat(precious).exists();
    }

    @Test
    void shouldRemoveWhatIsReadOnly() throws IOException {
        Path directory = Files.createDirectories(top().resolve("cache/mod"));
        Path file = Files.writeString(directory.resolve("file"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path locked = Files.createDirectories(top().resolve("locked"));
        Files.writeString(locked.resolve("file"), "x");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        assertThat(TreeRemover.empty(top(), "")).isEmpty();
        assertThat(top()).isEmptyDirectory();
    }

    @Test
    void shouldLeaveThePermissionsOfAFileThatHasAnotherName() throws IOException {
        Path outside = Files.writeString(home.resolve("outside"), "x");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("r--r--r--"));
        Path directory = Files.createDirectories(top().resolve("d"));
        Files.createLink(directory.resolve("name"), outside);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(TreeRemover.empty(top(), "")).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)))
                .isEqualTo("r--r--r--");
    }

    @Test
    void shouldRemoveATreeThatIsDeeperThanAPathMayBeLong() throws Exception {
        // A shell can go where no path reaches: 400 levels of 50 characters.
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "n=" + "d".repeat(50) + "; i=0; while [ $i -lt 400 ]; do mkdir $n && cd -P $n || exit 1;"
                                + " i=$((i+1)); done; touch bottom")
                .directory(top().toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        Files.createDirectories(top().resolve(".removing-0")); // a name that it would use
        assertThat(TreeRemover.empty(top(), "")).isEmpty();
        assertThat(top()).isEmptyDirectory();
    }

    @Test
    void shouldRemoveManyFiles() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(top().resolve("file" + i));
        }
        assertThat(TreeRemover.empty(top(), "")).isEmpty();
        assertThat(top()).isEmptyDirectory();
    }

    @Test
    void shouldTellOfADirectoryThatIsNotThere() throws IOException {
        FileStore store = Files.getFileStore(home);
        assertThat(store.supportsFileAttributeView("posix")).isTrue();
        assertThat(TreeRemover.empty(home.resolve("missing"), ""))
                .singleElement()
                .asString()
                .contains("missing");
    }
}
