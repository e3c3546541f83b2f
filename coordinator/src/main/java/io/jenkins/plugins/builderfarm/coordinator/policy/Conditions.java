package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.EnumSet;
import java.util.Set;

/** What a rule applies to; what a rule doesn't mention may be anything. */
record Conditions(Patterns repository, Patterns branch, Patterns mainBranch, Set<Phase> phases) {
    static final Conditions NONE = new Conditions(Patterns.ALL, Patterns.ALL, Patterns.ALL, EnumSet.allOf(Phase.class));

    Conditions {
        phases = Set.copyOf(phases);
    }

    boolean match(Query query) {
        return phases.contains(query.phase())
                && repository.matches(query.repository())
                && branch.matches(query.branch())
                && mainBranch.matches(query.mainBranch());
    }

    boolean areNone() {
        return equals(NONE);
    }
}
