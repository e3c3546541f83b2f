package io.jenkins.plugins.builderfarm.coordinator.policy;

import io.jenkins.plugins.builderfarm.coordinator.text.NearMatches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sets by name, and what is wrong with how they use each other. */
final class RuleSets {
    private static final String SET = "set ";

    private final Map<String, RuleSet> sets = new LinkedHashMap<>();

    /** Of every set that can't be used, the first reason. */
    private final Map<RuleSet, PolicyProblem> broken = new HashMap<>();

    /** @throws IllegalArgumentException if one is there twice */
    RuleSets(Collection<RuleSet> all) {
        for (RuleSet set : all) {
            if (sets.put(set.title().substring(SET.length()), set) != null) {
                throw new IllegalArgumentException("the rule " + set.title() + " is there twice");
            }
        }
        Map<RuleSet, Boolean> done = new HashMap<>();
        sets.values().forEach(set -> visit(set, new ArrayList<>(), done));
    }

    Optional<RuleSet> named(String name) {
        return Optional.ofNullable(sets.get(name));
    }

    /** Why these rules can't be used; whether of their own or because of a set that they use. */
    Optional<PolicyProblem> problem(RuleSet rules) {
        return Optional.ofNullable(broken.get(rules))
                .or(() -> ownProblem(rules))
                .or(() -> rules.rules().stream()
                        .filter(rule -> rule.kind() == Rule.Kind.USE)
                        .map(rule -> broken.get(sets.get(rule.uses())))
                        .filter(found -> found != null)
                        .findFirst());
    }

    /** The first use of a set that isn't there. */
    Optional<PolicyProblem> ownProblem(RuleSet rules) {
        return rules.rules().stream()
                .filter(rule -> rule.kind() == Rule.Kind.USE && !sets.containsKey(rule.uses()))
                .findFirst()
                .map(rule -> PolicyProblem.of(
                        rules.title(),
                        rule,
                        "use",
                        "there is no set " + rule.uses() + NearMatches.question(rule.uses(), sets.keySet())));
    }

    List<PolicyProblem> problems() {
        List<PolicyProblem> problems = new ArrayList<>();
        for (RuleSet set : sets.values()) {
            PolicyProblem problem = broken.get(set);
            // A set that only uses a broken one is not where to look.
            if (problem != null && problem.rules().equals(set.title())) {
                problems.add(problem);
            }
            problems.addAll(set.idleRules());
        }
        return problems;
    }

    /** Walks what the set uses, depth first, and marks it if that leads nowhere or back. */
    private void visit(RuleSet set, List<RuleSet> way, Map<RuleSet, Boolean> done) {
        if (done.containsKey(set)) {
            return;
        }
        way.add(set);
        ownProblem(set).ifPresent(problem -> broken.put(set, problem));
        for (Rule rule : set.rules()) {
            RuleSet used = rule.kind() == Rule.Kind.USE ? sets.get(rule.uses()) : null;
            if (used == null) {
                continue;
            }
            if (way.contains(used)) {
                broken.putIfAbsent(set, PolicyProblem.of(set.title(), rule, "use", circle(way, used)));
            } else {
                visit(used, way, done);
            }
            if (broken.containsKey(used)) {
                broken.putIfAbsent(set, broken.get(used));
            }
        }
        way.remove(way.size() - 1);
        done.put(set, true);
    }

    private static String circle(List<RuleSet> way, RuleSet back) {
        StringBuilder circle = new StringBuilder("it goes round in a circle: ");
        way.subList(way.indexOf(back), way.size())
                .forEach(set -> circle.append(set.title()).append(" uses "));
        return circle.append(back.title()).toString();
    }
}
