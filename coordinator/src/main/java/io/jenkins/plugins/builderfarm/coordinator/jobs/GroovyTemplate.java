package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * Fills in a Groovy script. It follows strings and comments as far as is needed to know in which of them a placeholder
 * is; in none of them it becomes a literal of its own: a text in quotes, a number, a list.
 */
final class GroovyTemplate {
    /** After one of these, and at the beginning, a slash starts a string; elsewhere it divides. */
    private static final String BEFORE_OPERAND = "(,=[{;:!&|?~+-*<>%^\n";

    private static final Set<String> WORDS_BEFORE_OPERAND = Set.of("return", "in", "case", "assert", "else");

    private final Scanner scanner;

    /** Outermost last; how deep in braces each piece of code is, since a closing one may end it. */
    private final Deque<GroovyText> places = new ArrayDeque<>();

    private final Deque<Integer> braces = new ArrayDeque<>();

    /** The last character of code that is no space, and the word that ends with it. */
    private char previous = '\n';

    private final StringBuilder word = new StringBuilder();
    private boolean afterSpace;

    private GroovyTemplate(String script, int firstLine, Placeholders placeholders) {
        scanner = new Scanner(script, firstLine, placeholders);
        places.push(GroovyText.CODE);
        braces.push(0);
    }

    /** @throws TemplateException if a placeholder is unknown or its value can't be written where it is */
    static String expand(String script, int firstLine, Placeholders placeholders) {
        GroovyTemplate template = new GroovyTemplate(script, firstLine, placeholders);
        while (template.scanner.hasMore()) {
            template.step();
        }
        return template.scanner.result();
    }

    private void step() {
        GroovyText place = places.peek();
        if (scanner.seesPlaceholder()) {
            fillIn(place);
        } else if (place == GroovyText.CODE) {
            code();
        } else if (scanner.sees(place.end())) {
            scanner.copy(place.end().length());
            places.pop();
            if (place == GroovyText.LINE_COMMENT) {
                remember('\n');
            } else if (place != GroovyText.COMMENT) {
                operand();
            }
        } else if (place.interpolates() && scanner.sees("${")) {
            scanner.copy(2);
            places.push(GroovyText.CODE);
            braces.push(0);
            remember('{');
        } else if (scanner.sees("\\") && (place.hasEscapes() || place == GroovyText.SLASHY)) {
            scanner.copy(2);
        } else if (place == GroovyText.DOLLAR_SLASHY && (scanner.sees("$$") || scanner.sees("$/"))) {
            scanner.copy(2);
        } else {
            scanner.copy(1);
        }
    }

    private void fillIn(GroovyText place) {
        int line = scanner.line();
        Optional<Value> value = scanner.placeholder();
        if (value.isPresent()) {
            try {
                scanner.append(place.write(value.get()));
            } catch (IllegalArgumentException e) {
                throw new TemplateException(line, e.getMessage());
            }
        }
        if (place == GroovyText.CODE) {
            operand();
        }
    }

    /** What came last was a value, after which a slash divides. */
    private void operand() {
        word.setLength(0);
        previous = '\'';
    }

    private void code() {
        if (starts("//", GroovyText.LINE_COMMENT)
                || starts("/*", GroovyText.COMMENT)
                || starts("'''", GroovyText.TRIPLE_SINGLE)
                || starts("\"\"\"", GroovyText.TRIPLE_DOUBLE)
                || starts("'", GroovyText.SINGLE)
                || starts("\"", GroovyText.DOUBLE)
                || starts("$/", GroovyText.DOLLAR_SLASHY)
                || (BEFORE_OPERAND.indexOf(previous) >= 0 || WORDS_BEFORE_OPERAND.contains(word.toString()))
                        && starts("/", GroovyText.SLASHY)) {
            return;
        }
        char c = scanner.peek();
        if (c == '{') {
            braces.push(braces.pop() + 1);
        } else if (c == '}') {
            int depth = braces.pop() - 1;
            if (depth < 0 && places.size() > 1) {
                places.pop();
            } else {
                braces.push(depth);
            }
        }
        if (c == '\n' || !Character.isWhitespace(c)) {
            remember(c);
        }
        afterSpace = Character.isWhitespace(c);
        scanner.copy(1);
    }

    private void remember(char c) {
        if (afterSpace || !Character.isJavaIdentifierPart(c)) {
            word.setLength(0);
        }
        if (Character.isJavaIdentifierPart(c)) {
            word.append(c);
        }
        previous = c;
    }

    private boolean starts(String sign, GroovyText place) {
        if (!scanner.sees(sign)) {
            return false;
        }
        scanner.copy(sign.length());
        places.push(place);
        return true;
    }
}
