package io.jenkins.plugins.builderfarm.protocol.name;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name that a machine gives itself, unique within its host type; in lower case, since hosts' names ignore case and
 * {@code Pi} and {@code pi} must not be two machines.
 */
public record Hostname(String value) implements Comparable<Hostname> {
    public static final int LONGEST = 63;
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*");

    /** @throws IllegalArgumentException if the value isn't such a name; the message says why */
    public Hostname {
        value = value == null ? null : value.toLowerCase(Locale.ROOT);
        Names.check(
                "hostname",
                value,
                ALLOWED,
                LONGEST,
                "letters, digits, '-', '_' and '.', with a letter or digit at both ends");
    }

    @Override
    public int compareTo(Hostname other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
