package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.util.Objects;

/**
 * What a check found.
 *
 * @param found a clause
 * @param remedy what to do about it, a clause; empty if there is nothing to do
 */
public record Finding(Level level, String found, String remedy) {
    public Finding {
        Objects.requireNonNull(level, "level");
        found = line(found);
        remedy = line(remedy);
    }

    public static Finding ok(String found) {
        return new Finding(Level.OK, found, "");
    }

    public static Finding warn(String found, String remedy) {
        return new Finding(Level.WARN, found, remedy);
    }

    public static Finding fail(String found, String remedy) {
        return new Finding(Level.FAIL, found, remedy);
    }

    /** There was nothing to look at. */
    public static Finding skip(String why) {
        return new Finding(Level.SKIP, why, "");
    }

    /** What a server sent may be in it: a terminal must not obey it. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
        return line.toString();
    }
}
