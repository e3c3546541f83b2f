package io.jenkins.plugins.builderfarm.pipeline;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.TimeoutScale;
import io.jenkins.plugins.builderfarm.config.Trust;
import io.jenkins.plugins.builderfarm.coordinator.policy.Decision;
import io.jenkins.plugins.builderfarm.coordinator.policy.Query;
import io.jenkins.plugins.builderfarm.coordinator.policy.RepositoryPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The builders for one question, as a Pipeline gets them, and what to say of it in its log. */
final class Selection {
    private final Query query;
    private final List<Map<String, Object>> builders = new ArrayList<>();
    private final List<String> untrusted = new ArrayList<>();

    /** @param unreviewed whether builders are left out whose host types take reviewed code only */
    Selection(Query query, String platform, Collection<String> exclude, boolean unreviewed) {
        this.query = query;
        BuilderFarmConfiguration configuration = BuilderFarmConfiguration.get();
        RepositoryPolicy policy = configuration.policy();
        for (Builder builder : configuration.getBuilders()) {
            Optional<HostType> hostType = configuration.hostType(builder.getHostType());
            if (!builder.isDisabled()
                    && !exclude.contains(builder.getName())
                    && hostType.isPresent()
                    && isOf(hostType.get(), platform)
                    && policy.decide(builder.getName(), query)
                            .filter(Decision::runs)
                            .isPresent()) {
                if (unreviewed && hostType.get().getTrust() == Trust.REVIEWED) {
                    untrusted.add(builder.getName());
                } else {
                    builders.add(map(builder, hostType.get()));
                }
            }
        }
    }

    /** {@code linux} is {@code linux-arm64} too. */
    private static boolean isOf(HostType hostType, String platform) {
        return platform.isEmpty()
                || hostType.getPlatform().equals(platform)
                || hostType.getPlatform().startsWith(platform + "-");
    }

    /** Of types that a Pipeline can keep over a restart. */
    private static Map<String, Object> map(Builder builder, HostType hostType) {
        Map<String, String> environment = new LinkedHashMap<>();
        add(environment, hostType.getEnvironment());
        add(environment, builder.getEnvironment());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", builder.getName());
        map.put("label", builder.getName());
        map.put("hostType", hostType.getName());
        map.put("platform", hostType.getPlatform());
        map.put("environment", environment);
        map.put("timeoutScale", TimeoutScale.of(Optional.of(builder), Optional.of(hostType)));
        map.put("knownIssues", new ArrayList<>(builder.getKnownIssues()));
        return map;
    }

    private static void add(Map<String, String> environment, List<EnvironmentVariable> variables) {
        variables.forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    }

    List<Map<String, Object>> builders() {
        return builders;
    }

    /** For the build's log. */
    @Override
    public String toString() {
        String text = builders.size() + (builders.size() == 1 ? " builder" : " builders") + " for " + query.repository()
                + "@" + query.branch() + ", " + query.phase();
        return untrusted.isEmpty()
                ? text
                : text + "; left out, since their machines run reviewed code only: " + String.join(", ", untrusted);
    }
}
