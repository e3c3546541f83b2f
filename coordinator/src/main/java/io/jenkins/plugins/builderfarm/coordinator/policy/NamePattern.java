package io.jenkins.plugins.builderfarm.coordinator.policy;

/** Matches some names of repositories or branches. */
sealed interface NamePattern permits Glob, VersionRange {
    boolean matches(String name);

    /**
     * Reads a glob, or a version comparison such as {@code release-branch.go>=1.20}.
     *
     * @throws IllegalArgumentException if it is neither; the message says why
     */
    static NamePattern of(String text) {
        return VersionRange.isOne(text) ? VersionRange.of(text) : new Glob(text);
    }
}
