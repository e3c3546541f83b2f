package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of patterns. A name matches if one of those without {@code !} matches it, or there is none of these, and none
 * of those with {@code !} does.
 */
record Patterns(List<NamePattern> any, List<NamePattern> none) {
    static final Patterns ALL = new Patterns(List.of(), List.of());

    Patterns {
        any = List.copyOf(any);
        none = List.copyOf(none);
    }

    /**
     * @param list patterns with commas between them
     * @throws IllegalArgumentException if one isn't a pattern; the message says which and why
     */
    static Patterns of(String list) {
        List<NamePattern> any = new ArrayList<>();
        List<NamePattern> none = new ArrayList<>();
        for (String pattern : list.split(",", -1)) {
            if (pattern.startsWith("!")) {
                none.add(NamePattern.of(pattern.substring(1)));
            } else {
                any.add(NamePattern.of(pattern));
            }
        }
        return new Patterns(any, none);
    }

    boolean matches(String name) {
        return (any.isEmpty() || matches(any, name)) && !matches(none, name);
    }

    boolean comparesVersions() {
        return any.stream().anyMatch(VersionRange.class::isInstance)
                || none.stream().anyMatch(VersionRange.class::isInstance);
    }

    private static boolean matches(List<NamePattern> patterns, String name) {
        for (NamePattern pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
