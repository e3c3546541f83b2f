package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.stream.Collectors;

/** Where in a Groovy script a value is put, and how it is written there so that it stays what it is. */
enum GroovyText {
    CODE(""),
    LINE_COMMENT("\n"),
    COMMENT("*/"),
    SINGLE("'"),
    DOUBLE("\""),
    TRIPLE_SINGLE("'''"),
    TRIPLE_DOUBLE("\"\"\""),
    SLASHY("/"),
    DOLLAR_SLASHY("/$");

    private final String end;

    GroovyText(String end) {
        this.end = end;
    }

    String end() {
        return end;
    }

    boolean interpolates() {
        return this == DOUBLE || this == TRIPLE_DOUBLE || this == SLASHY || this == DOLLAR_SLASHY;
    }

    /** Whether a backslash takes the next character's meaning away. */
    boolean hasEscapes() {
        return this == SINGLE || this == DOUBLE || this == TRIPLE_SINGLE || this == TRIPLE_DOUBLE;
    }

    /** @throws IllegalArgumentException if the value can't be written there; the message says why */
    String write(Value value) {
        return switch (this) {
            case CODE -> literal(value);
            case LINE_COMMENT -> value.text().replaceAll("[\r\n]+", " ");
            case COMMENT -> value.text().replace("*/", "* /");
            case SINGLE, TRIPLE_SINGLE -> escaped(value.text(), false);
            case DOUBLE, TRIPLE_DOUBLE -> escaped(value.text(), true);
            case SLASHY -> plain(value.text(), "$\\", "/.../").replace("/", "\\/");
            case DOLLAR_SLASHY -> plain(value.text(), "$/", "$/.../$");
        };
    }

    private static String literal(Value value) {
        if (value instanceof Value.Texts texts) {
            return texts.list().stream()
                    .map(text -> '\'' + escaped(text, false) + '\'')
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Value.Bare ? value.text() : '\'' + escaped(value.text(), false) + '\'';
    }

    private static String escaped(String text, boolean dollar) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\', '\'', '"' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '$' -> escaped.append(dollar ? "\\$" : "$");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String plain(String text, String without, String where) {
        for (char c : without.toCharArray()) {
            if (text.indexOf(c) >= 0) {
                throw new IllegalArgumentException(
                        "'" + text + "' has a '" + c + "', which can't stand in " + where + "; use quotes there");
            }
        }
        return text;
    }
}
