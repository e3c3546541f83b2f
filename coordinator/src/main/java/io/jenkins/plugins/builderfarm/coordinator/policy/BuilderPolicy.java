package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.List;
import java.util.Objects;

/**
 * What is said of one builder. Immutable.
 *
 * @param name the builder's
 * @param rules its own; without any, those of the set {@code default} hold
 * @param tryOnly it never runs post-submit, whatever the rules
 * @param disabled it never runs
 * @param knownIssues references that explain its failures; it runs all the same
 */
public record BuilderPolicy(String name, RuleSet rules, boolean tryOnly, boolean disabled, List<String> knownIssues) {
    public BuilderPolicy {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rules, "rules");
        knownIssues = List.copyOf(knownIssues);
    }

    /**
     * A builder about which nothing else is said.
     *
     * @param rules one a line; may be empty
     * @throws PolicyException if they aren't rules
     */
    public static BuilderPolicy of(String name, String rules) {
        return new BuilderPolicy(name, RuleSet.ofBuilder(name, rules), false, false, List.of());
    }

    public BuilderPolicy withTryOnly(boolean newTryOnly) {
        return new BuilderPolicy(name, rules, newTryOnly, disabled, knownIssues);
    }

    public BuilderPolicy withDisabled(boolean newDisabled) {
        return new BuilderPolicy(name, rules, tryOnly, newDisabled, knownIssues);
    }

    public BuilderPolicy withKnownIssues(List<String> newKnownIssues) {
        return new BuilderPolicy(name, rules, tryOnly, disabled, newKnownIssues);
    }
}
