package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;

/** A command line's words by the rules of Microsoft's C library, written from their documentation. */
final class WindowsArguments {
    private WindowsArguments() {}

    static List<String> parse(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        int i = 0;
        while (i < line.length()) {
            int backslashes = 0;
            while (i < line.length() && line.charAt(i) == '\\') {
                backslashes++;
                i++;
            }
            boolean beforeQuote = i < line.length() && line.charAt(i) == '"';
            word.append("\\".repeat(beforeQuote ? backslashes / 2 : backslashes));
            begun |= backslashes > 0;
            if (beforeQuote && backslashes % 2 == 1) {
                word.append('"');
                i++;
            } else if (beforeQuote) {
                quoted = !quoted;
                begun = true;
                i++;
            } else if (i < line.length()) {
                char c = line.charAt(i++);
                if (!quoted && c == ' ') {
                    if (begun) {
                        words.add(word.toString());
                    }
                    word.setLength(0);
                    begun = false;
                } else {
                    word.append(c);
                    begun = true;
                }
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
