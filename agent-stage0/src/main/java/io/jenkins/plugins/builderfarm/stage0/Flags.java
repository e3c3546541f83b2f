package io.jenkins.plugins.builderfarm.stage0;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line as Go's programs read it: one dash or two, {@code -flag=value} or {@code -flag value}; a switch is on
 * when it is named, and takes a value only behind {@code =}. Immutable.
 */
final class Flags {
    private final Map<String, List<Value>> values;

    Flags(Map<String, List<Value>> values) {
        this.values = values;
    }

    /**
     * What a flag was given.
     *
     * @param where how an error names the place: {@code flag -hostname}
     */
    record Value(String text, String where) {}

    /**
     * @param valued the flags that take a value
     * @param switches those that need none
     * @param repeatable those of them that may be given more than once
     */
    static Flags parse(List<String> arguments, Set<String> valued, Set<String> switches, Set<String> repeatable)
            throws UsageException {
        Map<String, List<Value>> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-")) {
                throw new UsageException("unknown command '" + argument + "'");
            }
            int equals = argument.indexOf('=');
            String name =
                    argument.substring(argument.startsWith("--") ? 2 : 1, equals < 0 ? argument.length() : equals);
            String value;
            if (switches.contains(name)) {
                value = equals < 0 ? "true" : argument.substring(equals + 1);
            } else if (!valued.contains(name)) {
                throw new UsageException("unknown flag -" + name);
            } else if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (++i < arguments.size()) {
                value = arguments.get(i);
            } else {
                throw new UsageException("flag -" + name + " needs a value");
            }
            List<Value> all = values.computeIfAbsent(name, unused -> new ArrayList<>());
            all.add(new Value(value, "flag -" + name));
            if (all.size() > 1 && !repeatable.contains(name)) {
                throw new UsageException("flag -" + name + " is there twice");
            }
        }
        return new Flags(values);
    }

    /**
     * The same arguments without a switch, however it is written.
     *
     * @param valued the flags that take a value: what follows one is no flag, whatever it looks like
     */
    static List<String> without(String name, List<String> arguments, Set<String> valued) {
        List<String> rest = new ArrayList<>();
        boolean value = false;
        for (String argument : arguments) {
            if (value || !argument.matches("--?" + name + "(=.*)?")) {
                rest.add(argument);
            }
            value = !value && valued.contains(argument.replaceFirst("^--?", ""));
        }
        return rest;
    }

    /** These flags, and those of the others that these don't name. */
    Flags over(Flags others) {
        Map<String, List<Value>> all = new LinkedHashMap<>(others.values);
        all.putAll(values);
        return new Flags(all);
    }

    /** What to make of a flag's text. */
    interface Parser<T> {
        /** @throws IllegalArgumentException if the text can't be such a value; the message says why */
        T parse(String text);
    }

    <T> Optional<T> optional(String name, Parser<T> parser) throws UsageException {
        List<T> all = all(name, parser);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    <T> T required(String name, Parser<T> parser) throws UsageException {
        return optional(name, parser).orElseThrow(() -> new UsageException("flag -" + name + " is missing"));
    }

    <T> List<T> all(String name, Parser<T> parser) throws UsageException {
        List<T> all = new ArrayList<>();
        for (Value value : values.getOrDefault(name, List.of())) {
            try {
                if (value.text().isBlank()) {
                    throw new IllegalArgumentException("the value is empty");
                }
                all.add(parser.parse(value.text()));
            } catch (IllegalArgumentException e) {
                throw new UsageException(value.where() + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** Whether a switch is on; off if it isn't named. */
    boolean on(String name) throws UsageException {
        return optional(name, Flags::parseBoolean).orElse(false);
    }

    private static boolean parseBoolean(String text) {
        return switch (text) {
            case "true", "1", "t" -> true;
            case "false", "0", "f" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }
}
