package io.jenkins.plugins.builderfarm.conduct;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One result, as pages and their JSON show it. Immutable. */
@ExportedBean(defaultVisibility = 9)
@SuppressFBWarnings(value = "URF_UNREAD_PUBLIC_OR_PROTECTED_FIELD", justification = "Stapler reads what is exported")
public final class ResultCell {
    @Exported
    public final String builder;

    @Exported
    public final String job;

    @Exported
    public final int number;

    /** {@code PASSED}, {@code UNSTABLE}, {@code FAILED}, {@code ABORTED}, {@code NOT_BUILT} or {@code MACHINE_VANISHED}. */
    @Exported
    public final String outcome;

    /** Whether it failed and the builder had known issues then. */
    @Exported
    public final boolean expected;

    /** ISO 8601. */
    @Exported
    public final String started;

    /** How long it took, in milliseconds. */
    @Exported
    public final long millis;

    /** Empty if nobody knows. */
    @Exported
    public final String repository;

    /** Empty if nobody knows. */
    @Exported
    public final String branch;

    /** Empty if nobody knows. */
    @Exported
    public final String revision;

    private final String path;
    private final Outcome kind;

    /** @param path the build's, below Jenkins's own address */
    ResultCell(BuildResult result, Optional<String> path) {
        builder = result.builder();
        job = result.job();
        number = result.number();
        kind = result.outcome();
        outcome = kind.name();
        expected = result.expected();
        started = result.started().toString();
        millis = result.millis();
        repository = result.revision().repository();
        branch = result.revision().branch();
        revision = result.revision().id();
        this.path = result.gone() ? null : path.orElse(null);
    }

    /** Null if the build was deleted. */
    @Exported
    public String getUrl() {
        return path == null ? null : Jenkins.get().getRootUrl() + path;
    }

    /** For the view: below Jenkins's address as the browser has it; null if the build was deleted. */
    public String getPath() {
        return path;
    }

    /** For the view: short, since a row has many. */
    public String getWord() {
        return switch (kind) {
            case PASSED -> "ok";
            case UNSTABLE -> "unstable";
            case FAILED -> "fail";
            case ABORTED -> "aborted";
            case NOT_BUILT -> "not built";
            case MACHINE_VANISHED -> "vanished";
        };
    }

    /** For the view: one of Jenkins's colours. */
    public String getColor() {
        return switch (kind) {
            case PASSED -> "success";
            case UNSTABLE -> "warning";
            case FAILED -> expected ? "warning" : "error";
            default -> "text";
        };
    }

    /** For the view. */
    public String getTip() {
        return builder + ": " + job + " #" + number + " "
                + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (expected ? ", as expected" : "")
                + (revision.isEmpty() ? "" : ", " + revision);
    }
}
