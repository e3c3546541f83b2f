package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a builder builds something, and why.
 *
 * @param path the rules that led to it: the builder's or the default set's first, the one that decided last; empty if
 *     no rule decided
 */
public record Decision(BuilderPolicy builder, Query query, boolean runs, Cause cause, List<Step> path, String detail) {
    /** What decided. */
    public enum Cause {
        /** A rule includes or excludes it. */
        RULE,
        /** No rule says anything of it. */
        NO_RULE,
        /** The builder has no rules and there is no default set. */
        NO_POLICY,
        TRY_ONLY,
        DISABLED,
        /** The rules use a set that isn't there, or go round in a circle. */
        BROKEN
    }

    /**
     * A rule on the way.
     *
     * @param rules {@code set default} or {@code builder linux-386}
     * @param rule its number, from 1
     * @param text as it was written
     */
    public record Step(String rules, int rule, String text) {
        @Override
        public String toString() {
            return "rule " + rule + " of " + rules;
        }
    }

    public Decision {
        path = List.copyOf(path);
    }

    /** A sentence without a full stop: {@code linux-386 runs net@master, post-submit, because rule 2 of set default …}. */
    public String explanation() {
        return builder.name() + (runs ? " runs " : " does not run ") + query + ", because " + reason() + issues();
    }

    /** The part after "because". */
    public String reason() {
        return switch (cause) {
            case RULE -> decisive();
            case NO_RULE -> "no rule of " + detail + " says anything of it";
            case NO_POLICY ->
                "it has no rules and there is no set " + RuleSet.DEFAULT
                        + ": then everything is built post-submit and nothing pre-submit";
            case TRY_ONLY -> "it is a try-only builder: it runs pre-submit only";
            case DISABLED -> "the builder is disabled";
            case BROKEN -> "its rules are broken: " + detail;
        };
    }

    private String decisive() {
        List<Step> inwards = new ArrayList<>(path);
        Collections.reverse(inwards);
        Step last = inwards.remove(0);
        StringBuilder reason = new StringBuilder(last + " says '" + last.text() + "'");
        for (int i = 0; i < inwards.size(); i++) {
            reason.append(i == 0 ? " (used by " : ", used by ").append(inwards.get(i));
        }
        return reason.append(inwards.isEmpty() ? "" : ")").toString();
    }

    private String issues() {
        return runs && !builder.knownIssues().isEmpty()
                ? "; it may fail, see " + String.join(", ", builder.knownIssues())
                : "";
    }
}
