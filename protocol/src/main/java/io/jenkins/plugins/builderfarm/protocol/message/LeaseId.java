package io.jenkins.plugins.builderfarm.protocol.message;

import java.util.regex.Pattern;

/** The name of one lease, which is also the name of its Jenkins node: {@code host-foo-bar-7f3k9m2q}. */
public record LeaseId(String value) {
    public static final int LONGEST = 80;
    private static final Pattern ALLOWED = Pattern.compile("host-[a-z0-9._-]+-[0-9a-z]{8,16}");

    /** @throws IllegalArgumentException if the value can't be a lease's name */
    public LeaseId {
        if (value == null || value.length() > LONGEST || !ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not the name of a lease");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
