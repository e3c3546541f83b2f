package io.jenkins.plugins.builderfarm.coordinator.policy;

/**
 * One rule of a set.
 *
 * @param number its place among the set's rules, from 1
 * @param line its line in the text, from 1
 * @param uses the set whose rules come next; null unless the rule is of that kind
 * @param text as it was written, without comment
 */
record Rule(int number, int line, Kind kind, Conditions conditions, String uses, String text) {
    /** What a rule says of what it applies to. */
    enum Kind {
        INCLUDE,
        EXCLUDE,
        /** Goes on in another set, and comes back if that one says nothing. */
        USE
    }

    /** Whether no rule after this one is ever looked at. */
    boolean isLast() {
        return kind != Kind.USE && conditions.areNone();
    }
}
