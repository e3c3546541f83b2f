package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file that lines are added to. Thread-safe. */
public record LogFile(Path file) {
    public static LogFile create(Path file) throws IOException {
        return new LogFile(Files.createFile(file));
    }

    public synchronized void add(String line) {
        try {
            Files.write(file, List.of(line), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
