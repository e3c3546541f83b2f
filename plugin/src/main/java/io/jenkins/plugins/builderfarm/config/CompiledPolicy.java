package io.jenkins.plugins.builderfarm.config;

import io.jenkins.plugins.builderfarm.coordinator.policy.RepositoryPolicy;
import java.util.List;

/** Reads the rules once for each change of them. Any thread may ask. */
final class CompiledPolicy {
    private volatile Compiled latest;

    /** The lists are replaced as a whole and never changed in place, so the same lists mean the same policy. */
    private record Compiled(List<SharedRules> sets, List<Builder> builders, RepositoryPolicy policy) {}

    RepositoryPolicy of(List<SharedRules> sets, List<Builder> builders) {
        Compiled known = latest;
        if (known == null || known.sets != sets || known.builders != builders) {
            known = new Compiled(
                    sets,
                    builders,
                    RepositoryPolicy.of(
                            sets.stream().map(SharedRules::ruleSet).toList(),
                            builders.stream().map(Builder::policy).toList()));
            latest = known;
        }
        return known.policy;
    }
}
