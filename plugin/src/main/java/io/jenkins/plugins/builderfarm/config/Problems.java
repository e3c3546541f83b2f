package io.jenkins.plugins.builderfarm.config;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is well-formed by itself but doesn't fit together, a sentence each: for forms, lists and reports alike. */
final class Problems {
    private static final int NAMED = 3;

    private Problems() {}

    /** All there are; what many entries share is said once. */
    static List<String> of(
            Collection<HostType> hostTypes, Collection<Builder> builders, Surroundings surroundings, String url) {
        List<String> problems = new ArrayList<>();
        builders.forEach(builder -> problems.addAll(ofBuilder(builder, surroundings)));
        missingClouds(hostTypes, surroundings)
                .forEach((cloud, types) -> problems.add("This Jenkins has no cloud " + cloud + "; " + some(types)
                        + (types.size() == 1 ? " names it." : " name it.")));
        for (HostType type : hostTypes) {
            label(type, surroundings).ifPresent(problems::add);
            source(type).ifPresent(problems::add);
            limits(type).ifPresent(problems::add);
        }
        if (hostTypes.stream().anyMatch(type -> type.reversePool().isPresent())) {
            url(url).ifPresent(problems::add);
        }
        return problems;
    }

    static List<String> ofHostType(HostType type, Surroundings surroundings) {
        List<String> problems = new ArrayList<>();
        if (type.getSource() instanceof ExistingCloud source) {
            cloud(source.getCloud(), surroundings).ifPresent(problems::add);
        }
        label(type, surroundings).ifPresent(problems::add);
        source(type).ifPresent(problems::add);
        limits(type).ifPresent(problems::add);
        return problems;
    }

    static List<String> ofBuilder(Builder builder, Surroundings surroundings) {
        List<String> problems = new ArrayList<>();
        if (!surroundings.hasHostType(builder.getHostType())) {
            problems.add("Builder " + builder.getName() + " names host type " + builder.getHostType()
                    + ", which is not configured.");
        }
        template(builder.getTemplate(), surroundings)
                .ifPresent(problem ->
                        problems.add("Builder " + builder.getName() + " can't use its template: " + problem));
        return problems;
    }

    /** @param name may be empty: no template */
    static Optional<String> template(String name, Surroundings surroundings) {
        return name.isEmpty()
                ? Optional.empty()
                : surroundings.templateProblem(name).map(problem -> problem + ".");
    }

    static Optional<String> cloud(String name, Surroundings surroundings) {
        return surroundings.hasCloud(name) ? Optional.empty() : Optional.of("This Jenkins has no cloud " + name + ".");
    }

    /** Only of a cloud that is there: the other is a problem of its own. */
    static Optional<String> label(String cloud, String label, Surroundings surroundings) {
        return !surroundings.hasCloud(cloud) || surroundings.cloudServes(cloud, label)
                ? Optional.empty()
                : Optional.of("Cloud " + cloud + " doesn't serve label " + label + ".");
    }

    private static Optional<String> label(HostType type, Surroundings surroundings) {
        return type.getSource() instanceof ExistingCloud source
                ? label(source.getCloud(), source.getLabel(), surroundings)
                        .map(problem -> "Host type " + type.getName() + " waits in vain: " + problem)
                : Optional.empty();
    }

    private static Optional<String> source(HostType type) {
        return type.getSource() instanceof MissingSource missing
                ? Optional.of("Host type " + type.getName()
                        + " waits in vain: its source is of a plugin that is not installed, " + missing.origin() + ".")
                : Optional.empty();
    }

    private static Optional<String> limits(HostType type) {
        return type.reversePool()
                .flatMap(ReversePool::limitsProblem)
                .map(problem -> "Host type " + type.getName() + ": " + problem + ".");
    }

    private static Map<String, List<String>> missingClouds(Collection<HostType> hostTypes, Surroundings surroundings) {
        Map<String, List<String>> missing = new TreeMap<>();
        for (HostType type : hostTypes) {
            if (type.getSource() instanceof ExistingCloud source && !surroundings.hasCloud(source.getCloud())) {
                missing.computeIfAbsent(source.getCloud(), name -> new ArrayList<>())
                        .add(type.getName());
            }
        }
        return missing;
    }

    private static Optional<String> url(String jenkinsUrl) {
        if (jenkinsUrl == null) {
            return Optional.of("Jenkins's URL is not set, so no machine can prove that it reached this controller.");
        }
        try {
            ControllerUrl.parse(jenkinsUrl);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("Machines can't dial in at Jenkins's URL: " + e.getMessage() + ".");
        }
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }
}
