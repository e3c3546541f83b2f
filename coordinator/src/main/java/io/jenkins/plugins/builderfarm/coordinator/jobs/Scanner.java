package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.Optional;

/**
 * Walks through a template, copies it, and stops at placeholders: <code>@{name}</code>, or <code>@{name|default}</code>
 * for where the name stands for nothing. <code>@@{</code> becomes <code>@{</code>.
 */
final class Scanner {
    private final String text;
    private final Placeholders placeholders;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int line;

    Scanner(String text, int firstLine, Placeholders placeholders) {
        this.text = text;
        this.line = firstLine;
        this.placeholders = placeholders;
    }

    boolean hasMore() {
        return at < text.length();
    }

    boolean sees(String what) {
        return text.startsWith(what, at);
    }

    boolean seesPlaceholder() {
        return sees("@{") || sees("@@{");
    }

    char peek() {
        return text.charAt(at);
    }

    int line() {
        return line;
    }

    /** Copies so many characters, or as many as there are. */
    void copy(int count) {
        out.append(skip(count));
    }

    /** Copies up to the end of what is looked for, or all if it doesn't come. */
    void copyPast(String what) {
        int found = text.indexOf(what, at);
        copy((found < 0 ? text.length() : found + what.length()) - at);
    }

    /** Goes on without copying, and returns what was there up to what is looked for. */
    String skipUntil(String what) {
        int found = text.indexOf(what, at);
        return skip((found < 0 ? text.length() : found) - at);
    }

    /**
     * Reads the placeholder that is seen.
     *
     * @return what it stands for; empty if it was an escaped one, which was copied
     * @throws TemplateException if it has no end, no name or no value
     */
    Optional<Value> placeholder() {
        if (sees("@@{")) {
            skip(3);
            out.append("@{");
            return Optional.empty();
        }
        int end = text.indexOf('}', at);
        int newline = text.indexOf('\n', at);
        if (end < 0 || newline >= 0 && newline < end) {
            throw problem("a placeholder has no '}' in its line; write @@{ for a plain @{");
        }
        String inside = text.substring(at + 2, end);
        int bar = inside.indexOf('|');
        String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
        if (!Placeholders.isName(name)) {
            throw problem("'@{" + inside + "}' names no placeholder; write @@{ for a plain @{");
        }
        Optional<Value> value = placeholders.get(name);
        if (value.isEmpty() && bar < 0) {
            throw problem(placeholders.unknown(name));
        }
        skip(end + 1 - at);
        return Optional.of(value.orElseGet(() -> Value.of(inside.substring(bar + 1))));
    }

    void append(String expanded) {
        out.append(expanded);
    }

    TemplateException problem(String message) {
        return new TemplateException(line, message);
    }

    String result() {
        return out.toString();
    }

    private String skip(int count) {
        int end = Math.min(text.length(), at + count);
        String skipped = text.substring(at, end);
        at = end;
        line += (int) skipped.chars().filter(c -> c == '\n').count();
        return skipped;
    }
}
