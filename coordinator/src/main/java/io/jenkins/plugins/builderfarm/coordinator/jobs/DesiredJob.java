package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.Objects;

/**
 * The job that a builder should have.
 *
 * @param builder whose job
 * @param fullName where it is made if there is none yet; one that was moved stays where it is
 * @param config what it is to be configured to; null if that can't be made
 * @param problem why it can't; null if it can
 */
public record DesiredJob(String builder, String fullName, String config, String problem) {
    public DesiredJob {
        Objects.requireNonNull(builder, "builder");
        Objects.requireNonNull(fullName, "fullName");
        if ((config == null) == (problem == null)) {
            throw new IllegalArgumentException("builder " + builder + " has either a configuration or a problem");
        }
    }

    public static DesiredJob of(String builder, String fullName, String config) {
        return new DesiredJob(builder, fullName, config, null);
    }

    /** A builder whose job can't be made; the one that it has is left as it is. */
    public static DesiredJob broken(String builder, String fullName, String problem) {
        return new DesiredJob(builder, fullName, null, problem);
    }

    /** The mark to leave on the job. */
    public Owner owner() {
        return new Owner(builder, Digest.of(config), false);
    }
}
