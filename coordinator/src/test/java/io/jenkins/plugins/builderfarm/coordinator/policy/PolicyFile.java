package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code go-dashboard.policy}: sections {@code [set NAME]} and {@code [builder NAME...]}, rules below. */
record PolicyFile(Map<String, String> sets, Map<String, String> builders) {
    static PolicyFile read() {
        Map<String, String> sets = new LinkedHashMap<>();
        Map<String, String> builders = new LinkedHashMap<>();
        Map<String, String> section = sets;
        List<String> names = List.of();
        for (String line : resource("go-dashboard.policy").split("\n")) {
            if (line.startsWith("[")) {
                List<String> words = List.of(line.replaceAll("[\\[\\]]", "").split(" "));
                section = words.get(0).equals("set") ? sets : builders;
                names = words.subList(1, words.size());
                for (String name : names) {
                    if (section.put(name, "") != null) {
                        throw new IllegalStateException(name + " is there twice");
                    }
                }
            } else {
                for (String name : names) {
                    section.merge(name, line + "\n", String::concat);
                }
            }
        }
        return new PolicyFile(sets, builders);
    }

    List<RuleSet> ruleSets() {
        return sets.entrySet().stream()
                .map(set -> RuleSet.parse(set.getKey(), set.getValue()))
                .toList();
    }

    static String resource(String name) {
        try (InputStream in = PolicyFile.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
