package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is to be run, for any system. Paths are texts, since a definition can be made for another system than this one's.
 *
 * @param name lower-case letters, digits and '-', a letter first
 * @param user whom it runs as
 * @param home that user's home directory
 * @param command program and arguments, for one start
 * @param environment variables beyond the system's own; no secrets
 * @param read files outside of the home that the command reads
 * @param written directories outside of the home that the command writes to
 * @param log the file that the command writes what it says to; empty: it leaves that to the system
 * @param reboot whether builds are followed by a reboot
 * @param memory the most memory that builds may take together, as systemd writes it; empty: the system's default
 * @param cpu the most CPU time, {@code 150%} is one and a half CPUs; empty: no limit
 */
public record Service(
        String name,
        String user,
        String home,
        List<String> command,
        Map<String, String> environment,
        List<String> read,
        List<String> written,
        Optional<String> log,
        boolean reboot,
        Optional<String> memory,
        Optional<String> cpu) {
    /** How long the supervisor waits between two starts: kind to everybody, and short beside a build. */
    static final int RESTART_SECONDS = 5;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]*");
    private static final int LONGEST_NAME = 31;

    /** @throws IllegalArgumentException if a value can't stand in any definition; the message shows it */
    public Service {
        command = List.copyOf(command);
        environment = Map.copyOf(new TreeMap<>(environment));
        read = List.copyOf(read);
        written = List.copyOf(written);
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "service name '" + name + "' is not valid: lower-case letters, digits and '-', a letter first");
        }
        if (user.length() > LONGEST_NAME || !USER.matcher(user).matches()) {
            throw new IllegalArgumentException("user '" + printable(user) + "' is not a user's name");
        }
        if (user.equals("root")) {
            throw new IllegalArgumentException("user root would give every build all rights; name another");
        }
        List<String> values = new ArrayList<>(command);
        values.add(home);
        values.addAll(environment.values());
        values.addAll(read);
        values.addAll(written);
        log.ifPresent(values::add);
        for (String value : values) {
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "'" + printable(value) + "' has a line break or another control character");
            }
        }
    }

    /** The command behind {@code env}, where a definition has no other place for the environment. */
    List<String> commandWithEnvironment() {
        if (environment.isEmpty()) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of("/usr/bin/env"));
        new TreeMap<>(environment).forEach((key, value) -> words.add(key + "=" + value));
        words.addAll(command);
        return words;
    }

    /** The name where '-' can't stand. */
    String variable() {
        return name.replace('-', '_');
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
