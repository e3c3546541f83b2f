package io.jenkins.plugins.builderfarm.buildlet.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A directory of files that can be had again: those that were used longest ago go when it has grown too large. The agent
 * keeps Jenkins's jars in one, touches each that it uses, and throws none away. One caller at a time.
 *
 * @param most bytes that may stay
 */
public record BoundedCache(Path directory, long most) {
    private record Entry(Path file, long size, FileTime used) {}

    /** @throws IOException if something can't be read or removed; what could be, is */
    public void trim() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Entry> entries = entries();
        long size = entries.stream().mapToLong(Entry::size).sum();
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (size <= most) {
                return;
            }
            Files.deleteIfExists(entry.file);
            size -= entry.size;
        }
    }

    private List<Entry> entries() throws IOException {
        Collector collector = new Collector();
        Files.walkFileTree(directory, collector);
        return collector.entries;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Entry> entries = new ArrayList<>();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // gone meanwhile, or not ours to count
        }
    }
}
