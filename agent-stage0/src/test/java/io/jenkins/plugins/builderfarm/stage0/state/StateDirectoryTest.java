package io.jenkins.plugins.builderfarm.stage0.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldBelongToItsOwnerAlone() throws Exception {
        Path path = directory.resolve("a/b");
        new StateDirectory(path).create();
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldCloseADirectoryThatOthersCanWriteTo() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        new StateDirectory(directory).create();
        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void shouldSayThatAFileIsNoDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> new StateDirectory(file).create()).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void shouldLetOneInAtATime() throws Exception {
        StateDirectory state = new StateDirectory(directory);
        Closeable lock = state.lock().orElseThrow();
        assertThat(state.lock()).isEmpty();
        lock.close();
        assertThat(state.lock()).isPresent();
    }
}
