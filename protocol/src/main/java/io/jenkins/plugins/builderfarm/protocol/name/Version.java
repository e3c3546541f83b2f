package io.jenkins.plugins.builderfarm.protocol.name;

import java.lang.module.ModuleDescriptor;
import java.util.regex.Pattern;

/**
 * The version of a buildlet or of stage0, such as {@code 1.4.2} or {@code 1.5-rc1}; ordered as the Java platform orders
 * module versions ({@link ModuleDescriptor.Version}), so 1.10 comes after 1.9 and 1.5-rc1 before 1.5.
 */
public record Version(String value) implements Comparable<Version> {
    public static final int LONGEST = 64;
    private static final Pattern ALLOWED = Pattern.compile("[0-9][0-9A-Za-z.+_-]*");

    /** @throws IllegalArgumentException if the value isn't a version; the message says why */
    public Version {
        Names.check(
                "version",
                value,
                ALLOWED,
                LONGEST,
                "it starts with a digit, then digits, letters, '.', '-', '+' or '_'");
        try {
            ModuleDescriptor.Version.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("version " + Names.quote(value) + " is not valid: " + e.getMessage(), e);
        }
    }

    @Override
    public int compareTo(Version other) {
        return ModuleDescriptor.Version.parse(value).compareTo(ModuleDescriptor.Version.parse(other.value));
    }

    @Override
    public String toString() {
        return value;
    }
}
