package io.jenkins.plugins.builderfarm.config;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is well-formed by itself but doesn't fit together, a sentence each. */
final class Problems {
    private static final int NAMED = 3;

    private Problems() {}

    static List<String> of(
            Collection<HostType> hostTypes, Collection<Builder> builders, Set<String> clouds, String jenkinsUrl) {
        List<String> problems = new ArrayList<>();
        Set<String> known = hostTypes.stream().map(HostType::getName).collect(Collectors.toSet());
        for (Builder builder : builders) {
            if (!known.contains(builder.getHostType())) {
                problems.add("Builder " + builder.getName() + " names host type " + builder.getHostType()
                        + ", which is not configured.");
            }
        }
        missingClouds(hostTypes, clouds)
                .forEach((cloud, types) -> problems.add("This Jenkins has no cloud " + cloud + "; " + some(types)
                        + (types.size() == 1 ? " names it." : " name it.")));
        if (hostTypes.stream().anyMatch(type -> type.reversePool().isPresent())) {
            url(jenkinsUrl).ifPresent(problems::add);
        }
        return problems;
    }

    private static Map<String, List<String>> missingClouds(Collection<HostType> hostTypes, Set<String> clouds) {
        Map<String, List<String>> missing = new TreeMap<>();
        for (HostType type : hostTypes) {
            if (type.getSource() instanceof ExistingCloud source && !clouds.contains(source.getCloud())) {
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
