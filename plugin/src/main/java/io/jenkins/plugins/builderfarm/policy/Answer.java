package io.jenkins.plugins.builderfarm.policy;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.policy.Decision;
import io.jenkins.plugins.builderfarm.coordinator.policy.Phase;
import io.jenkins.plugins.builderfarm.coordinator.policy.Query;
import io.jenkins.plugins.builderfarm.coordinator.policy.RepositoryPolicy;
import java.util.List;

/** What every builder does with one repository and branch, and why. */
public final class Answer {
    private final Query query;
    private final List<Decision> decisions;

    private Answer(Query query, List<Decision> decisions) {
        this.query = query;
        this.decisions = decisions;
    }

    /**
     * Asks the policy as it is configured now.
     *
     * @param mainBranch null or blank if it is the same as the branch
     * @param phase null or blank for post-submit
     * @throws IllegalArgumentException if something is missing or the phase is none
     */
    static Answer to(String repository, String branch, String mainBranch, String phase) {
        Query query = Query.of(
                strip(repository),
                strip(branch),
                strip(mainBranch),
                phase == null || phase.isBlank() ? Phase.POST_SUBMIT : Phase.of(phase));
        RepositoryPolicy policy = BuilderFarmConfiguration.get().policy();
        return new Answer(
                query,
                policy.builders().stream()
                        .map(builder -> policy.decide(builder.name(), query).orElseThrow())
                        .toList());
    }

    private static String strip(String text) {
        return text == null ? null : text.strip();
    }

    public Query getQuery() {
        return query;
    }

    public List<Decision> getDecisions() {
        return decisions;
    }

    /** How many builders build it. */
    public long getSelected() {
        return decisions.stream().filter(Decision::runs).count();
    }
}
