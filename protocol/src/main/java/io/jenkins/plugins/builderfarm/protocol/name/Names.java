package io.jenkins.plugins.builderfarm.protocol.name;

import java.util.regex.Pattern;

/** The one place that decides whether a text is a name, so that every refusal reads alike. */
final class Names {
    /** A wrong name is quoted in errors and logs: no longer than this, and no control characters. */
    private static final int QUOTED_LENGTH = 80;

    private Names() {}

    static String check(String kind, String value, Pattern allowed, int longest, String rule) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(kind + " is missing; " + rule);
        }
        if (value.length() > longest) {
            throw new IllegalArgumentException(
                    kind + " " + quote(value) + " is longer than " + longest + " characters");
        }
        if (!allowed.matcher(value).matches()) {
            throw new IllegalArgumentException(kind + " " + quote(value) + " is not valid: " + rule);
        }
        return value;
    }

    static String quote(String value) {
        StringBuilder quoted = new StringBuilder("'");
        value.chars().limit(QUOTED_LENGTH).forEach(c -> quoted.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return quoted.append(value.length() > QUOTED_LENGTH ? "…'" : "'").toString();
    }
}
