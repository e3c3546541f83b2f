package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.Objects;

/**
 * The mark that the farm leaves on a job of its own; it stays with the job wherever that is moved.
 *
 * @param builder whose job it is
 * @param digest of the configuration that was written last
 * @param retired whether the farm disabled the job, since the builder was gone
 */
public record Owner(String builder, String digest, boolean retired) {
    public Owner {
        Objects.requireNonNull(builder, "builder");
        Objects.requireNonNull(digest, "digest");
    }
}
