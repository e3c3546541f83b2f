package io.jenkins.plugins.builderfarm.coordinator.policy;

import io.jenkins.plugins.builderfarm.coordinator.text.NearMatches;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads rules, one a line, as docs/user/policy.md has them. */
final class RuleParser {
    private static final List<String> KINDS = List.of("include", "exclude", "use");
    private static final List<String> FIELDS = List.of("repository", "branch", "mainBranch", "phase");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final String rules;
    private final List<Rule> read = new ArrayList<>();
    private final List<PolicyProblem> problems = new ArrayList<>();
    private int line;

    private RuleParser(String rules) {
        this.rules = rules;
    }

    /**
     * @param rules whose rules these are, for messages
     * @throws PolicyException if something is wrong; it names all that is
     */
    static List<Rule> parse(String rules, String text) {
        RuleParser parser = new RuleParser(rules);
        for (String line : text.split("\\R", -1)) {
            parser.line++;
            String rule = COMMENT.matcher(line).replaceFirst("").strip();
            if (!rule.isEmpty()) {
                parser.rule(rule);
            }
        }
        if (!parser.problems.isEmpty()) {
            throw new PolicyException(parser.problems);
        }
        return List.copyOf(parser.read);
    }

    private void rule(String text) {
        Deque<String> words =
                new ArrayDeque<>(Arrays.asList(SPACE.split(COMMA.matcher(text).replaceAll(","))));
        String kind = words.remove();
        String uses = null;
        if (!KINDS.contains(kind)) {
            problem("", "'" + kind + "' is none of include, exclude and use" + NearMatches.question(kind, KINDS));
        } else if (kind.equals("use")) {
            uses = words.poll();
            if (uses == null || !RuleSet.isName(uses)) {
                problem("use", uses == null ? "it names no set" : "'" + uses + "' can't be a set's name");
            }
        }
        Conditions conditions = conditions(words);
        Rule.Kind known = KINDS.contains(kind) ? Rule.Kind.values()[KINDS.indexOf(kind)] : Rule.Kind.EXCLUDE;
        read.add(new Rule(read.size() + 1, line, known, conditions, uses, text));
    }

    private Conditions conditions(Deque<String> words) {
        Map<String, Patterns> patterns = new HashMap<>();
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        while (!words.isEmpty()) {
            String field = words.remove();
            if (!FIELDS.contains(field)) {
                problem(
                        "",
                        "'" + field + "' is none of " + String.join(", ", FIELDS)
                                + NearMatches.question(field, FIELDS));
                return Conditions.NONE;
            }
            String value = words.poll();
            if (value == null) {
                problem(field, "it says nothing");
            } else if (patterns.containsKey(field) || field.equals("phase") && !phases.isEmpty()) {
                problem(field, "it is there twice");
            } else if (field.equals("phase")) {
                phases(value, phases);
            } else {
                patterns.put(field, patterns(field, value));
            }
        }
        return new Conditions(
                patterns.getOrDefault("repository", Patterns.ALL),
                patterns.getOrDefault("branch", Patterns.ALL),
                patterns.getOrDefault("mainBranch", Patterns.ALL),
                phases.isEmpty() ? EnumSet.allOf(Phase.class) : phases);
    }

    private Patterns patterns(String field, String value) {
        try {
            Patterns patterns = Patterns.of(value);
            if (field.equals("repository") && patterns.comparesVersions()) {
                problem(field, "'" + value + "' compares versions, which repositories don't have");
            }
            return patterns;
        } catch (IllegalArgumentException e) {
            problem(field, e.getMessage());
            return Patterns.ALL;
        }
    }

    private void phases(String value, Set<Phase> phases) {
        for (String phase : value.split(",", -1)) {
            try {
                phases.add(Phase.of(phase));
            } catch (IllegalArgumentException e) {
                problem("phase", e.getMessage());
            }
        }
    }

    private void problem(String field, String message) {
        problems.add(new PolicyProblem(rules, read.size() + 1, line, field, message));
    }
}
