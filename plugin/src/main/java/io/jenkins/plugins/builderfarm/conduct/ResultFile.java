package io.jenkins.plugins.builderfarm.conduct;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.coordinator.results.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Results in a file, one a line as JSON, oldest first; a later line replaces an earlier one of the same build. A result is
 * appended; from time to time the file is written anew without what nobody needs any more. Not thread-safe.
 */
final class ResultFile {
    private static final Logger LOGGER = Logger.getLogger(ResultFile.class.getName());
    private static final Gson GSON = new Gson();

    private final Path file;
    private int lines;

    ResultFile(Path file) {
        this.file = file;
    }

    /** What is false, empty or unknown is left out. */
    private record Line(
            String builder,
            String repository,
            String branch,
            String revision,
            String job,
            int number,
            Outcome outcome,
            Boolean expected,
            String started,
            long millis,
            Boolean gone) {
        static Line of(BuildResult result) {
            return new Line(
                    result.builder(),
                    orNull(result.revision().repository()),
                    orNull(result.revision().branch()),
                    orNull(result.revision().id()),
                    result.job(),
                    result.number(),
                    result.outcome(),
                    result.expected() ? true : null,
                    result.started().toString(),
                    result.millis(),
                    result.gone() ? true : null);
        }

        private static String orNull(String text) {
            return text.isEmpty() ? null : text;
        }

        /** @throws DateTimeException or NullPointerException if a field is missing or wrong */
        BuildResult toResult() {
            return new BuildResult(
                    builder,
                    new Revision(repository, branch, revision),
                    job,
                    number,
                    outcome,
                    Boolean.TRUE.equals(expected),
                    Instant.parse(Objects.requireNonNull(started)),
                    millis,
                    Boolean.TRUE.equals(gone));
        }
    }

    /**
     * What can't be read, such as a line that a crash cut off, is left out: the others are worth having.
     *
     * @return whether nothing was left out; otherwise the file is to be written anew before anything is appended
     */
    boolean load(Consumer<BuildResult> each) {
        if (!Files.exists(file)) {
            return true;
        }
        try {
            String text = Files.readString(file);
            int unreadable = 0;
            for (String line : text.lines().toList()) {
                lines++;
                unreadable += read(line, each) ? 0 : 1;
            }
            if (unreadable > 0) {
                LOGGER.warning(unreadable + " of the " + lines + " lines of " + file + " can't be read");
            }
            return unreadable == 0 && (text.isEmpty() || text.endsWith("\n"));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The results in " + file + " can't be read");
            return false;
        }
    }

    @SuppressFBWarnings(
            value = "DCN_NULLPOINTER_EXCEPTION",
            justification = "a line may lack any field, and what is made of it refuses null")
    private static boolean read(String text, Consumer<BuildResult> each) {
        try {
            each.accept(Objects.requireNonNull(GSON.fromJson(text, Line.class)).toResult());
            return true;
        } catch (JsonParseException | DateTimeException | NullPointerException e) {
            LOGGER.log(Level.FINE, e, () -> "Can't be read: " + text);
            return false;
        }
    }

    /** How many lines the file has. */
    int lines() {
        return lines;
    }

    void append(BuildResult result) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(
                file, GSON.toJson(Line.of(result)) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines++;
    }

    /** All at once or not at all. */
    void rewrite(Collection<BuildResult> results) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            for (BuildResult result : results) {
                writer.write(GSON.toJson(Line.of(result)));
                writer.write("\n");
            }
            writer.commit();
        }
        lines = results.size();
    }
}
