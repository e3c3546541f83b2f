package io.jenkins.plugins.builderfarm.stage0.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {
    private static final Map<String, String> FIELDS = Map.of("a", "1", "b.c", "x = y", "empty", "");

    @TempDir
    private Path directory;

    private Path path;
    private StateFile file;

    @BeforeEach
    void begin() {
        path = directory.resolve("state");
        file = new StateFile(path);
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        file.write(FIELDS);
        assertThat(file.read()).contains(FIELDS);
    }

    @Test
    void shouldReadNothingWhereNothingIs() throws Exception {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void shouldNotLetAValueBecomeALine() throws Exception {
        file.write(Map.of("a", "1\nb=2"));
        assertThat(file.read()).contains(Map.of("a", "1 b=2"));
    }

    @Test
    void shouldDetectEveryTruncation() throws Exception {
        file.write(FIELDS);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(file::read)
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining("state");
        }
    }

    @Test
    void shouldDetectEveryChangedByte() throws Exception {
        file.write(FIELDS);
        byte[] whole = Files.readAllBytes(path);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(path, changed);
            assertThatThrownBy(file::read).as("byte %d", i).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void shouldDetectWhatAFileSystemPutsInPlaceOfLostBytes() throws Exception {
        Files.write(path, new byte[300]);
        assertThatThrownBy(file::read).isInstanceOf(DamagedFileException.class);
        Files.write(path, new byte[2 << 20]);
        assertThatThrownBy(file::read).isInstanceOf(DamagedFileException.class).hasMessageContaining("too large");
    }

    @Test
    void shouldLeaveNoTemporaryFileBehind() throws Exception {
        file.write(FIELDS);
        file.write(FIELDS);
        assertThat(directory).isDirectoryContaining(path::equals);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(path);
        }
    }
}
