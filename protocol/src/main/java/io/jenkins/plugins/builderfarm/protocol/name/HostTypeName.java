package io.jenkins.plugins.builderfarm.protocol.name;

import java.util.regex.Pattern;

/**
 * The name of a kind of machine, such as {@code host-linux-riscv64-unmatched}.
 *
 * <p>It becomes a Jenkins label and the start of node names, hence the narrow alphabet and the 63 characters.
 */
public record HostTypeName(String value) implements Comparable<HostTypeName> {
    public static final int LONGEST = 63;
    private static final Pattern ALLOWED = Pattern.compile("host-[a-z0-9]+([._-][a-z0-9]+)*");

    /** @throws IllegalArgumentException if the value isn't such a name; the message says why */
    public HostTypeName {
        Names.check(
                "host type",
                value,
                ALLOWED,
                LONGEST,
                "it starts with 'host-', then lower-case letters and digits, in groups joined by single '-', '_' or '.'");
    }

    @Override
    public int compareTo(HostTypeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
