package io.jenkins.plugins.builderfarm.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the coordinator's {@code go-dashboard.policy} says.
 *
 * @param sets the rules of each set
 * @param builders the rules of each builder that has any
 */
record GoPolicy(Map<String, String> sets, Map<String, String> builders) {
    private static final Path FILE = Path.of(
            "../coordinator/src/test/resources/io/jenkins/plugins/builderfarm/coordinator/policy/go-dashboard.policy");

    static GoPolicy read() {
        GoPolicy policy = new GoPolicy(new LinkedHashMap<>(), new LinkedHashMap<>());
        Map<String, String> section = Map.of();
        List<String> names = List.of();
        try {
            for (String line : Files.readAllLines(FILE)) {
                if (line.startsWith("[")) {
                    List<String> words = List.of(line.replaceAll("[\\[\\]]", "").split(" "));
                    section = words.get(0).equals("set") ? policy.sets : policy.builders;
                    names = words.subList(1, words.size());
                } else if (!line.isBlank()) {
                    for (String name : names) {
                        section.merge(name, line + "\n", String::concat);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return policy;
    }
}
