package io.jenkins.plugins.builderfarm.coordinator.results;

import java.time.Instant;
import java.util.Objects;

/**
 * How one build for one builder ended. Immutable.
 *
 * @param job the job's full name
 * @param number the build's
 * @param expected whether it failed and the builder has known issues
 * @param started when the build began
 * @param millis how long it took, in milliseconds
 * @param gone whether the build itself was deleted since
 */
public record BuildResult(
        String builder,
        Revision revision,
        String job,
        int number,
        Outcome outcome,
        boolean expected,
        Instant started,
        long millis,
        boolean gone) {
    /** @throws NullPointerException if anything is missing */
    public BuildResult {
        Objects.requireNonNull(builder);
        Objects.requireNonNull(revision);
        Objects.requireNonNull(job);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(started);
    }

    BuildResult inJob(String name) {
        return new BuildResult(builder, revision, name, number, outcome, expected, started, millis, gone);
    }

    /** The same, of a build that was deleted. */
    public BuildResult withoutBuild() {
        return new BuildResult(builder, revision, job, number, outcome, expected, started, millis, true);
    }
}
