package io.jenkins.plugins.builderfarm.jobs;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.TimeoutScale;
import io.jenkins.plugins.builderfarm.coordinator.jobs.Placeholders;
import io.jenkins.plugins.builderfarm.coordinator.jobs.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What templates may ask of a builder. Stateless. */
final class BuilderPlaceholders {
    private BuilderPlaceholders() {}

    /** The farm's own; over them what the builder says itself. */
    static Placeholders of(Builder builder, Optional<HostType> hostType) {
        Map<String, String> environment = new TreeMap<>();
        hostType.ifPresent(type -> add(environment, type.getEnvironment()));
        add(environment, builder.getEnvironment());
        Map<String, Value> values = new TreeMap<>();
        values.put("builder", Value.of(builder.getName()));
        values.put("label", Value.of(builder.getName()));
        values.put("hostType", Value.of(builder.getHostType()));
        values.put("platform", Value.of(hostType.map(HostType::getPlatform).orElse("")));
        values.put("notes", Value.of(builder.getNotes()));
        values.put("tryOnly", Value.of(builder.isTryOnly()));
        values.put("compileOnly", Value.of(builder.isCompileOnly()));
        values.put("flakyNetwork", Value.of(builder.isFlakyNetwork()));
        values.put("knownIssues", Value.of(builder.getKnownIssues()));
        values.put("timeoutScale", Value.of(TimeoutScale.of(Optional.of(builder), hostType)));
        values.put(
                "environment",
                Value.of(environment.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList()));
        environment.forEach((name, value) -> values.put("environment." + name, Value.of(value)));
        builder.getPlaceholders().forEach(own -> values.put(own.getName(), Value.of(own.getValue())));
        return Placeholders.of(values);
    }

    private static void add(Map<String, String> environment, List<EnvironmentVariable> variables) {
        variables.forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    }
}
