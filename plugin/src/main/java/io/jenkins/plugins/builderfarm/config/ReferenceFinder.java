package io.jenkins.plugins.builderfarm.config;

import hudson.ExtensionPoint;
import java.util.List;

/** Knows what refers to a host type or a builder by name, beside builders, so that none is deleted from under it. */
public interface ReferenceFinder extends ExtensionPoint {
    /** For people, without a dot: {@code rule 3 of the policy}. */
    default List<String> toHostType(String name) {
        return List.of();
    }

    /** For people, without a dot. */
    default List<String> toBuilder(String name) {
        return List.of();
    }
}
