package io.jenkins.plugins.builderfarm.coordinator.policy;

/** {@code *} stands for any characters or none, {@code ?} for any single one, everything else for itself. */
record Glob(String text) implements NamePattern {
    Glob {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is a pattern missing");
        }
        if (text.contains("!")) {
            throw new IllegalArgumentException("'" + text + "' has a '!' that isn't at its beginning");
        }
    }

    /** Takes at most text times name steps, whatever the pattern. */
    @Override
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starIn = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                starIn = in;
            } else if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++starIn;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
