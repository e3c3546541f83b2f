package io.jenkins.plugins.builderfarm.conduct;

import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.coordinator.results.Revision;
import io.jenkins.plugins.builderfarm.store.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Results in a file, one a line as JSON, oldest first; a later line replaces an earlier one of the same build. A result is
 * appended; from time to time the file is written anew without what nobody needs any more. Not thread-safe.
 */
final class ResultFile {
    private final JsonLines<Line> file;

    ResultFile(Path file) {
        this.file = new JsonLines<>(file, Line.class);
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

    /** As {@link JsonLines#read}. */
    boolean load(Consumer<BuildResult> each) {
        return file.read(line -> each.accept(line.toResult()));
    }

    /** How many lines the file has. */
    int lines() {
        return file.size();
    }

    void append(BuildResult result) throws IOException {
        file.append(Line.of(result));
    }

    /** All at once or not at all. */
    void rewrite(Collection<BuildResult> results) throws IOException {
        file.rewrite(results.stream().map(Line::of).toList());
    }
}
