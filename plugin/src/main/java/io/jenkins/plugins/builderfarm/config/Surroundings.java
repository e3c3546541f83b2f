package io.jenkins.plugins.builderfarm.config;

import java.util.Optional;

/** What the farm's configuration refers to: the rest of it, and this Jenkins. */
public interface Surroundings {
    boolean hasHostType(String name);

    boolean hasCloud(String name);

    /** @param label an expression of that cloud's own */
    boolean cloudServes(String cloud, String label);

    /** Why the job can't be a builder's template, a sentence without its dot; empty if it can. */
    Optional<String> templateProblem(String fullName);
}
