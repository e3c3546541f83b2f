package io.jenkins.plugins.builderfarm.buildlet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Flags as the Go farm's programs take them: one dash or two, {@code -flag=value} or {@code -flag value}, a switch alone
 * or with {@code =true} or {@code =false}.
 */
final class Flags {
    private static final Set<String> TRUTH = Set.of("true", "false");

    private final Map<String, List<String>> values = new HashMap<>();

    private Flags() {}

    /**
     * @param switches flags that need no value
     * @param valued flags that need one
     * @param repeatable those of them that may be given more than once
     */
    static Flags parse(Set<String> switches, Set<String> valued, Set<String> repeatable, String... args)
            throws UsageException {
        Flags flags = new Flags();
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            String given = equals < 0 ? args[i] : args[i].substring(0, equals);
            String name = name(given);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(args[i].substring(equals + 1));
            if (switches.contains(name)) {
                if (value.isEmpty() && i + 1 < args.length && TRUTH.contains(args[i + 1])) {
                    value = Optional.of(args[++i]);
                }
                if (!TRUTH.contains(value.orElse("true"))) {
                    throw new UsageException(given + " is either true or false");
                }
            } else if (!valued.contains(name)) {
                throw new UsageException(
                        given.startsWith("-") ? "unknown flag " + given : "'" + given + "' is no flag");
            } else if (value.isEmpty()) {
                if (i + 1 == args.length) {
                    throw new UsageException(given + " needs a value");
                }
                value = Optional.of(args[++i]);
            }
            List<String> before = flags.values.computeIfAbsent(name, key -> new ArrayList<>());
            if (!before.isEmpty() && !repeatable.contains(name)) {
                throw new UsageException(given + " is given twice");
            }
            before.add(value.orElse("true"));
        }
        return flags;
    }

    private static String name(String given) {
        return given.startsWith("--") ? given.substring(2) : given.startsWith("-") ? given.substring(1) : "";
    }

    boolean isSet(String name) {
        return all(name).contains("true");
    }

    List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    <T> T required(String name, Function<String, T> parser) throws UsageException {
        return optional(name, parser).orElseThrow(() -> new UsageException("-" + name + " is missing"));
    }

    /** @throws UsageException if the parser throws an {@link IllegalArgumentException}; its message is passed on */
    <T> Optional<T> optional(String name, Function<String, T> parser) throws UsageException {
        Optional<String> text = all(name).stream().findFirst();
        try {
            return text.map(parser);
        } catch (IllegalArgumentException e) {
            throw new UsageException("-" + name + ": " + e.getMessage(), e);
        }
    }
}
