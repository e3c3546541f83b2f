package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A job that is there.
 *
 * @param fullName with the folders that it is in
 * @param owner empty if it isn't the farm's
 * @param config what it is configured to, without the mark; asked only of jobs that change
 */
public record ExistingJob(String fullName, Optional<Owner> owner, Supplier<String> config) {
    public ExistingJob {
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(config, "config");
    }
}
