package io.jenkins.plugins.builderfarm.publisher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A command's flags and words as they were typed: one dash or two, {@code --flag=value} or {@code --flag value}. Every
 * getter that turns a value into something names the flag when it can't.
 */
final class Flags {
    private final Map<Flag, List<String>> values = new EnumMap<>(Flag.class);
    private final List<String> words = new ArrayList<>();

    private Flags() {}

    /** @throws Failure if a flag is unknown, not the command's, lacks its value, or is there twice */
    static Flags parse(List<String> args, Set<Flag> allowed) throws Failure {
        Flags flags = new Flags();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("-") || arg.equals("-")) {
                flags.words.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            String given = equals < 0 ? arg : arg.substring(0, equals);
            Flag flag = Flag.named(given.replaceFirst("^--?", ""))
                    .orElseThrow(() -> Failure.usage("unknown flag: " + given));
            if (!allowed.contains(flag)) {
                throw Failure.usage("this command has no flag " + given);
            }
            String value = equals < 0 ? null : arg.substring(equals + 1);
            if (flag.hasValue() && value == null) {
                i++;
                if (i == args.size() || args.get(i).startsWith("--")) {
                    throw Failure.usage(given + " wants a value");
                }
                value = args.get(i);
            }
            flags.add(flag, given, value);
        }
        return flags;
    }

    private void add(Flag flag, String given, String value) throws Failure {
        if (flag.hasValue() && value.isBlank()) {
            throw Failure.usage(given + " wants a value");
        }
        if (!flag.hasValue() && value != null && !value.equals("true") && !value.equals("false")) {
            throw Failure.usage(given + " is either there or not, it takes no value");
        }
        if (!flag.repeatable() && values.containsKey(flag)) {
            throw Failure.usage(given + " is given twice");
        }
        values.computeIfAbsent(flag, f -> new ArrayList<>()).add(value == null ? "true" : value);
    }

    /** What stands between the flags. */
    List<String> words() {
        return List.copyOf(words);
    }

    boolean has(Flag flag) {
        List<String> given = values.get(flag);
        return given != null && (flag.hasValue() || given.get(0).equals("true"));
    }

    List<String> all(Flag flag) {
        return values.getOrDefault(flag, List.of());
    }

    /** Every value of the flag, each turned into what {@code parser} makes of it. */
    <T> List<T> all(Flag flag, Function<String, T> parser) throws Failure {
        List<T> parsed = new ArrayList<>();
        for (String value : all(flag)) {
            parsed.add(parse(flag.toString(), value, parser));
        }
        return parsed;
    }

    <T> Optional<T> optional(Flag flag, Function<String, T> parser) throws Failure {
        return all(flag, parser).stream().findFirst();
    }

    <T> T required(Flag flag, Function<String, T> parser) throws Failure {
        return optional(flag, parser).orElseThrow(() -> Failure.usage(flag + " is missing"));
    }

    Path path(Flag flag) throws Failure {
        return required(flag, Flags::toPath);
    }

    /** A whole number within bounds; {@code otherwise} if the flag isn't there. */
    long number(Flag flag, long least, long most, long otherwise) throws Failure {
        return optional(flag, value -> toNumber(value, least, most)).orElse(otherwise);
    }

    /** @throws Failure if {@code parser} throws an IllegalArgumentException; {@code what} and its message are shown */
    static <T> T parse(String what, String value, Function<String, T> parser) throws Failure {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(what + ": " + e.getMessage());
        }
    }

    static Path toPath(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + e.getReason(), e);
        }
    }

    private static long toNumber(String value, long least, long most) {
        if (value.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("'" + value + "' is not a number from " + least + " to " + most);
    }
}
