package io.jenkins.plugins.builderfarm.coordinator.results;

import java.time.Instant;

/** Results for tests. */
final class Results {
    private Results() {}

    static BuildResult of(String builder, String job, int number, String revision, Outcome outcome) {
        return of(builder, job, number, new Revision("net", "master", revision), outcome);
    }

    static BuildResult of(String builder, String job, int number, Revision revision, Outcome outcome) {
        return new BuildResult(
                builder, revision, job, number, outcome, false, Instant.parse("2026-11-27T18:00:00Z"), 1_000, false);
    }
}
