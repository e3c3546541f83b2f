package io.jenkins.plugins.builderfarm.protocol.name;

import java.util.regex.Pattern;

/** The name of a builder (build config), such as {@code linux-amd64-race}; also a Jenkins label. */
public record BuilderName(String value) implements Comparable<BuilderName> {
    public static final int LONGEST = 63;
    private static final Pattern ALLOWED = Pattern.compile("(?!host-)[a-z0-9]+([._-][a-z0-9]+)*");

    /** @throws IllegalArgumentException if the value isn't such a name; the message says why */
    public BuilderName {
        Names.check(
                "builder",
                value,
                ALLOWED,
                LONGEST,
                "lower-case letters and digits, in groups joined by single '-', '_' or '.'; only host types start with"
                        + " 'host-'");
    }

    @Override
    public int compareTo(BuilderName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
