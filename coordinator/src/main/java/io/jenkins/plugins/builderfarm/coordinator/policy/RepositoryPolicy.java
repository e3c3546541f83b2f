package io.jenkins.plugins.builderfarm.coordinator.policy;

import io.jenkins.plugins.builderfarm.coordinator.policy.Decision.Cause;
import io.jenkins.plugins.builderfarm.coordinator.policy.Decision.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which builder builds which repository and branch. Immutable, so any thread may ask; asking looks at the builder's
 * rules and nothing else.
 *
 * <p>Rules are tried in their order; the first that applies decides. Where none does, nothing is built. A builder whose
 * rules use a set that isn't there runs nothing: {@link #problems} says so.
 */
public final class RepositoryPolicy {
    private final RuleSets sets;
    private final Map<String, BuilderPolicy> builders = new LinkedHashMap<>();

    private RepositoryPolicy(RuleSets sets, Collection<BuilderPolicy> builders) {
        this.sets = sets;
        for (BuilderPolicy builder : builders) {
            if (this.builders.put(builder.name(), builder) != null) {
                throw new IllegalArgumentException("builder " + builder.name() + " is there twice");
            }
        }
    }

    /** @throws IllegalArgumentException if a set or a builder is there twice */
    public static RepositoryPolicy of(Collection<RuleSet> sets, Collection<BuilderPolicy> builders) {
        return new RepositoryPolicy(new RuleSets(sets), builders);
    }

    /** What doesn't fit together or has no effect: sets that aren't there, circles, rules that are never looked at. */
    public List<PolicyProblem> problems() {
        List<PolicyProblem> problems = new ArrayList<>(sets.problems());
        for (BuilderPolicy builder : builders.values()) {
            sets.ownProblem(builder.rules()).ifPresent(problems::add);
            problems.addAll(builder.rules().idleRules());
        }
        return List.copyOf(problems);
    }

    /** In the order in which they were given. */
    public List<BuilderPolicy> builders() {
        return List.copyOf(builders.values());
    }

    /** The builders that build it, in the order in which they were given. */
    public List<Decision> select(Query query) {
        return builders.values().stream()
                .map(builder -> decide(builder, query))
                .filter(Decision::runs)
                .toList();
    }

    /** Empty if there is no such builder. */
    public Optional<Decision> decide(String builder, Query query) {
        return Optional.ofNullable(builders.get(builder)).map(found -> decide(found, query));
    }

    private Decision decide(BuilderPolicy builder, Query query) {
        if (builder.disabled()) {
            return no(builder, query, Cause.DISABLED, "");
        }
        if (builder.tryOnly() && query.phase() == Phase.POST_SUBMIT) {
            return no(builder, query, Cause.TRY_ONLY, "");
        }
        RuleSet rules = builder.rules();
        if (rules.rules().isEmpty()) {
            Optional<RuleSet> fallback = sets.named(RuleSet.DEFAULT);
            if (fallback.isEmpty()) {
                boolean runs = query.phase() == Phase.POST_SUBMIT;
                return new Decision(builder, query, runs, Cause.NO_POLICY, List.of(), "");
            }
            rules = fallback.get();
        }
        Optional<PolicyProblem> broken = sets.problem(rules);
        if (broken.isPresent()) {
            return no(builder, query, Cause.BROKEN, broken.get().toString());
        }
        Deque<Step> path = new ArrayDeque<>();
        Rule rule = decisive(rules, query, path, new HashSet<>());
        return rule == null
                ? no(builder, query, Cause.NO_RULE, rules.title())
                : new Decision(builder, query, rule.kind() == Rule.Kind.INCLUDE, Cause.RULE, List.copyOf(path), "");
    }

    /**
     * The rule that decides, and on the path how it was come to; null if none does. Ends, since no circle gets here.
     *
     * @param silent the sets that were found to say nothing of this query, and so needn't be asked again
     */
    private Rule decisive(RuleSet rules, Query query, Deque<Step> path, Set<RuleSet> silent) {
        for (Rule rule : rules.rules()) {
            if (!rule.conditions().match(query)) {
                continue;
            }
            path.addLast(new Step(rules.title(), rule.number(), rule.text()));
            if (rule.kind() != Rule.Kind.USE) {
                return rule;
            }
            RuleSet used = sets.named(rule.uses()).orElseThrow();
            Rule found = silent.contains(used) ? null : decisive(used, query, path, silent);
            if (found != null) {
                return found;
            }
            silent.add(used);
            path.removeLast();
        }
        return null;
    }

    private static Decision no(BuilderPolicy builder, Query query, Cause cause, String detail) {
        return new Decision(builder, query, false, cause, List.of(), detail);
    }
}
