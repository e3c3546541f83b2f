package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be said of a directory that need not be there yet. Stateless. */
final class Directories {
    private Directories() {}

    /** The directory itself, or the nearest one above that is there. */
    static Path nearest(Path directory) {
        Path path = directory.toAbsolutePath();
        for (Path above = path.getParent(); above != null && !Files.exists(path); above = above.getParent()) {
            path = above;
        }
        return path;
    }

    /** Why nothing can be written to it, or it can't be made; empty if all is well. Leaves nothing behind. */
    static Optional<String> problem(Path directory) {
        Path nearest = nearest(directory);
        if (!Files.isDirectory(nearest)) {
            return Optional.of(nearest + " is not a directory");
        }
        try {
            // Permissions alone don't tell: the file system may be read-only or full.
            Path probe = Files.createTempFile(nearest, ".builder-farm-doctor", "");
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("nothing can be written to " + nearest + " (" + Explain.of(e) + ")");
        }
    }

    /** {@code DIR} or {@code DIR (will be made)}. */
    static String describe(Path directory) {
        return Files.exists(directory) ? directory.toString() : directory + " (will be made)";
    }
}
