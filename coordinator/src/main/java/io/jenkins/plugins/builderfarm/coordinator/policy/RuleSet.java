package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Rules in the order in which they are tried, under a name that builders and other sets can use. Immutable. */
public final class RuleSet {
    /** The name of the set for builders that have no rules of their own. */
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final String title;
    private final List<Rule> rules;

    private RuleSet(String title, List<Rule> rules) {
        this.title = title;
        this.rules = rules;
    }

    /**
     * @param text the rules, one a line
     * @throws IllegalArgumentException if the name isn't one
     * @throws PolicyException if the text isn't rules; it names all that is wrong
     */
    public static RuleSet parse(String name, String text) {
        if (name == null || !isName(name)) {
            throw new IllegalArgumentException("'" + name + "' can't be the name of a rule set: letters, digits, '.',"
                    + " '_' and '-', at most 63, a letter or digit first");
        }
        return titled("set " + name, text);
    }

    /**
     * The rules of a single builder.
     *
     * @param builder its name, for messages
     * @throws PolicyException as in {@link #parse}
     */
    static RuleSet ofBuilder(String builder, String text) {
        return titled("builder " + builder, text);
    }

    private static RuleSet titled(String title, String text) {
        Objects.requireNonNull(text, "text");
        return new RuleSet(title, RuleParser.parse(title, text));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** {@code set default} or {@code builder linux-386}. */
    String title() {
        return title;
    }

    List<Rule> rules() {
        return rules;
    }

    /** The rules that are never looked at, since one before them applies to everything. */
    List<PolicyProblem> idleRules() {
        List<PolicyProblem> idle = new ArrayList<>();
        Rule last = null;
        for (Rule rule : rules) {
            if (last != null) {
                idle.add(PolicyProblem.of(
                        title, rule, "", "it is never looked at, since rule " + last.number() + " takes everything"));
            } else if (rule.isLast()) {
                last = rule;
            }
        }
        return idle;
    }
}
