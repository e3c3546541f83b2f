package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Label;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.trust.Review;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The variables that a build finds on a leased machine. Stateless. */
final class LeaseEnvironment {
    private LeaseEnvironment() {}

    /** The host type's variables, over them the builder's, over both what the farm itself says. */
    static Map<String, String> of(LeasedNode node) {
        LabelIndex index = FarmLabels.get();
        Map<String, String> env = new TreeMap<>();
        index.hostType(node.hostType()).ifPresent(hostType -> add(env, hostType.getEnvironment()));
        Optional<Builder> builder = index.builder(asked(node), node.hostType());
        builder.ifPresent(one -> {
            add(env, one.getEnvironment());
            env.put("BUILDER_NAME", one.getName());
        });
        env.put("BUILDER_HOST_TYPE", node.hostType());
        env.put("BUILDER_MACHINE", node.machine().hostname().value());
        env.put("BUILDLET_VERSION", node.buildlet());
        Usage usage = node.usage();
        env.put("BUILDER_TRUST", (usage == null ? Review.UNKNOWN : usage.review()).variable());
        return env;
    }

    private static Label asked(LeasedNode node) {
        Usage usage = node.usage();
        return usage == null || usage.label() == null ? null : Label.get(usage.label());
    }

    private static void add(Map<String, String> env, List<EnvironmentVariable> variables) {
        variables.forEach(variable -> env.put(variable.getName(), variable.getValue()));
    }
}
