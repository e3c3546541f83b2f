package io.jenkins.plugins.builderfarm.coordinator.jobs;

import io.jenkins.plugins.builderfarm.coordinator.text.NearMatches;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What each placeholder stands for, for one builder. Immutable. */
public final class Placeholders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final Map<String, Value> values;

    private Placeholders(Map<String, Value> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException if a name isn't one */
    public static Placeholders of(Map<String, Value> values) {
        values.keySet().forEach(Placeholders::checkName);
        return new Placeholders(new TreeMap<>(values));
    }

    /**
     * The same with some values replaced or added.
     *
     * @throws IllegalArgumentException if a name isn't one
     */
    public Placeholders with(Map<String, Value> overrides) {
        overrides.keySet().forEach(Placeholders::checkName);
        Map<String, Value> all = new TreeMap<>(values);
        all.putAll(overrides);
        return new Placeholders(all);
    }

    Optional<Value> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Says that there is no such placeholder, and which the writer may have meant. */
    String unknown(String name) {
        return "there is no placeholder '" + name + "'" + NearMatches.question(name, values.keySet());
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static void checkName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' can't be a placeholder: letters, digits, '_', '.' and"
                    + " '-', a letter or '_' first");
        }
    }
}
