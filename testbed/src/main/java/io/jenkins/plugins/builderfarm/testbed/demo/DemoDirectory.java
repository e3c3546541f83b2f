package io.jenkins.plugins.builderfarm.testbed.demo;

import io.jenkins.plugins.builderfarm.testbed.CommandLines.UsageException;
import io.jenkins.plugins.builderfarm.testbed.program.Secrets;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** The demo's own folder, emptied at every start. It is known by a marker, so that no other folder is ever emptied. */
public final class DemoDirectory {
    private static final String MARKER = ".builder-farm-demo";

    private DemoDirectory() {}

    /**
     * The folder, made anew for its owner alone.
     *
     * @throws UsageException if something else is there
     */
    public static Path prepare(Path directory) throws IOException, UsageException {
        Path absolute = directory.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !isOurs(absolute)) {
            throw new UsageException("--directory " + directory + ": holds something that is not a demo");
        }
        if (Files.exists(absolute)) {
            delete(absolute);
        }
        Secrets.directory(absolute);
        Files.createFile(absolute.resolve(MARKER));
        return absolute;
    }

    private static boolean isOurs(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return Files.exists(directory.resolve(MARKER)) || entries.findAny().isEmpty();
        }
    }

    /** Symbolic links are deleted, not followed. */
    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
