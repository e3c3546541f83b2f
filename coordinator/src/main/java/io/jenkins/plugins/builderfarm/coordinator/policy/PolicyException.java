package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.List;
import java.util.stream.Collectors;

/** Says what is wrong with the text of some rules, a line for each {@link PolicyProblem}. */
public final class PolicyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    PolicyException(List<PolicyProblem> problems) {
        super(problems.stream().map(PolicyProblem::toString).collect(Collectors.joining("\n")));
    }
}
