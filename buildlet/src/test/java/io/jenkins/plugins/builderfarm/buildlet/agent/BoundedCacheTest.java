package io.jenkins.plugins.builderfarm.buildlet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class BoundedCacheTest {
    @TempDir
    private Path directory;

    @Test
    void shouldDropWhatWasUsedLongestAgo() throws IOException {
        Path oldest = file("1f/oldest.jar", 400, 1);
        Path newest = file("2a/newest.jar", 400, 3);
        Path middle = file("2a/middle.jar", 400, 2);
        new BoundedCache(directory, 1000).trim();
        assertThat(oldest).doesNotExist();
        assertThat(middle).exists();
        assertThat(newest).exists();
    }

    @Test
    void shouldKeepWhatFits() throws IOException {
        Path one = file("1f/one.jar", 500, 1);
        Path other = file("1f/other.jar", 500, 2);
        new BoundedCache(directory, 1000).trim();
        assertThat(one).exists();
        assertThat(other).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldNotFollowLinks() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path precious = Files.write(outside.resolve("precious"), new byte[5000]);
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Files.createSymbolicLink(cache.resolve("link"), outside);
        new BoundedCache(cache, 0).trim();
        assertThat(precious).hasSize(5000);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void shouldNotMindThatThereIsNone() {
        assertThatCode(new BoundedCache(directory.resolve("none"), 0)::trim).doesNotThrowAnyException();
    }

    private Path file(String name, int size, long day) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(day * 86_400_000));
    }
}
