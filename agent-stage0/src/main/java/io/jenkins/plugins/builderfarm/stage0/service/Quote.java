package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One value as each format wants it, so that it is read as what it was. Control characters never get here. Stateless. */
final class Quote {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@-]+");

    private Quote() {}

    /** A word of a POSIX shell. */
    static String shell(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    static String shell(List<String> words) {
        return words.stream().map(Quote::shell).collect(Collectors.joining(" "));
    }

    /** A word of most of systemd's settings, in which only its specifiers are expanded. */
    static String systemd(String word) {
        String escaped = word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
        return PLAIN.matcher(word).matches() ? escaped : "\"" + escaped + "\"";
    }

    /** A word of systemd's command lines, in which environment variables are expanded too. */
    static String systemdArgument(String word) {
        return systemd(word).replace("$", "$$");
    }

    /** Text of an XML document, in an element or in an attribute. */
    static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    /** Text of an XML comment. */
    static String xmlComment(String text) {
        return text.replaceAll("-(?=-)", "- ");
    }

    /**
     * A word of a Windows command line as Microsoft's C library parts it. Always in quotation marks, since Java expands
     * {@code *} where there are none.
     */
    static String windows(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        int backslashes = 0;
        for (char c : word.toCharArray()) {
            if (c == '"') {
                // Those before a quotation mark would escape it.
                quoted.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.append(c);
        }
        return quoted.append("\\".repeat(backslashes)).append('"').toString();
    }
}
