package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.TimeoutScale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the configuration says of a build's environment, wherever its machine comes from. Stateless. */
final class BuilderEnvironment {
    private BuilderEnvironment() {}

    /**
     * The host type's variables, over them the builder's, over both what the farm itself says.
     *
     * @param asked the label that the build asked for
     */
    static Map<String, String> of(String hostType, @CheckForNull Label asked) {
        LabelIndex index = FarmLabels.get();
        Map<String, String> env = new TreeMap<>();
        index.hostType(hostType).ifPresent(type -> add(env, type.getEnvironment()));
        Optional<Builder> builder = index.builder(asked, hostType);
        builder.ifPresent(one -> {
            add(env, one.getEnvironment());
            env.put("BUILDER_NAME", one.getName());
        });
        env.put("BUILDER_HOST_TYPE", hostType);
        env.put("BUILDER_TIMEOUT_SCALE", Integer.toString(TimeoutScale.of(builder, index.hostType(hostType))));
        return env;
    }

    /** On another cloud's node, for a build that asked for a host type or a builder; empty if it asked for neither. */
    static Map<String, String> on(Node node, Usage usage) {
        Label asked = usage.asked();
        List<HostType> wanted = FarmLabels.get().hostTypes(asked);
        for (HostType hostType : ExistingCloudLabels.hostTypes(node)) {
            if (wanted.contains(hostType)) {
                Map<String, String> env = of(hostType.getName(), asked);
                env.put("BUILDER_MACHINE", node.getNodeName());
                env.put("BUILDER_TRUST", usage.review().variable());
                return env;
            }
        }
        return Map.of();
    }

    private static void add(Map<String, String> env, List<EnvironmentVariable> variables) {
        variables.forEach(variable -> env.put(variable.getName(), variable.getValue()));
    }
}
