package io.jenkins.plugins.builderfarm.history;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Changes in a file, one a line as JSON, oldest first. A change is appended; once there are twice as many as are kept, the
 * older half is cut off. Not thread-safe.
 */
final class ChangeFile {
    private static final Logger LOGGER = Logger.getLogger(ChangeFile.class.getName());
    private static final Gson GSON = new Gson();

    private final Path file;
    private final int kept;
    private List<Change> changes;

    ChangeFile(Path file, int kept) {
        this.file = file;
        this.kept = kept;
    }

    /** The latest first, no more than are kept. */
    List<Change> latest() {
        List<Change> all = all();
        List<Change> latest = new ArrayList<>(all.subList(Math.max(0, all.size() - kept), all.size()));
        java.util.Collections.reverse(latest);
        return latest;
    }

    void add(Change change) throws IOException {
        List<Change> all = all();
        Change bounded = change.bounded();
        all.add(bounded);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        if (all.size() >= 2 * kept) {
            changes = new ArrayList<>(all.subList(all.size() - kept, all.size()));
            rewrite();
        } else {
            Files.writeString(file, GSON.toJson(bounded) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void rewrite() throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            for (Change change : changes) {
                writer.write(GSON.toJson(change));
                writer.write("\n");
            }
            writer.commit();
        }
    }

    private List<Change> all() {
        if (changes == null) {
            changes = new ArrayList<>();
            if (Files.exists(file)) {
                read();
            }
        }
        return changes;
    }

    /** A line that a crash cut off is left out: the others are worth having. */
    private void read() {
        try {
            for (String line : Files.readAllLines(file)) {
                try {
                    Change change = GSON.fromJson(line, Change.class);
                    if (change != null) {
                        changes.add(change);
                    }
                } catch (JsonParseException | IllegalArgumentException e) {
                    LOGGER.log(Level.WARNING, e, () -> "A line of " + file + " can't be read");
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The configuration's history can't be read");
        }
    }
}
