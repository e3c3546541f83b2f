package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;

/** Reads a unit as systemd.service(5) and systemd.syntax(7) say, as far as these tests need it. */
public final class SystemdText {
    private SystemdText() {}

    /** The words of a setting that is there once. */
    public static List<String> words(String unit, String setting) {
        List<List<String>> all = all(unit, setting);
        if (all.size() != 1) {
            throw new AssertionError(setting + " is there " + all.size() + " times");
        }
        return all.get(0);
    }

    /** The words of each line of a setting. */
    public static List<List<String>> all(String unit, String setting) {
        return unit.lines()
                .filter(line -> line.startsWith(setting + "="))
                .map(line -> split(line.substring(setting.length() + 1)))
                .toList();
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == ' ') {
                i++;
                continue;
            }
            StringBuilder word = new StringBuilder();
            boolean quoted = text.charAt(i) == '"';
            i += quoted ? 1 : 0;
            while (i < text.length() && text.charAt(i) != (quoted ? '"' : ' ')) {
                char c = text.charAt(i++);
                if (c == '\\' || c == '%' || c == '$') {
                    char next = i < text.length() ? text.charAt(i++) : 0;
                    boolean escape = c == '\\' ? next == '\\' || next == '"' : next == c;
                    if (!escape) {
                        throw new AssertionError("systemd would take '" + c + next + "' for something else");
                    }
                    c = next;
                }
                word.append(c);
            }
            i += quoted ? 1 : 0;
            words.add(word.toString());
        }
        return words;
    }
}
