package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.Objects;

/**
 * What is about to be built.
 *
 * @param repository such as {@code net}
 * @param branch the repository's branch
 * @param mainBranch the branch of the main repository that it is built with; for the main repository itself, the same
 *     as {@code branch}
 * @param phase whether it was submitted already
 */
public record Query(String repository, String branch, String mainBranch, Phase phase) {
    /** @throws IllegalArgumentException if the repository or a branch is blank */
    public Query {
        named("repository", repository);
        named("branch", branch);
        named("mainBranch", mainBranch);
        Objects.requireNonNull(phase, "phase");
    }

    /**
     * @param mainBranch null or blank if it is the same as {@code branch}
     * @throws IllegalArgumentException if the repository or branch is blank
     */
    public static Query of(String repository, String branch, String mainBranch, Phase phase) {
        return new Query(repository, branch, mainBranch == null || mainBranch.isBlank() ? branch : mainBranch, phase);
    }

    private static void named(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    /** {@code net@master with release-branch.go1.20, post-submit}. */
    @Override
    public String toString() {
        return repository + "@" + branch + (mainBranch.equals(branch) ? "" : " with " + mainBranch) + ", " + phase;
    }
}
