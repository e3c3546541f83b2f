package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.List;

/** What a placeholder stands for. */
public sealed interface Value {
    /** As it is in the middle of other text. */
    String text();

    /** Any text. */
    record Text(String text) implements Value {}

    /** A number or a truth value, which scripts need no quotes for. */
    record Bare(String text) implements Value {
        /** @throws IllegalArgumentException if it is neither a whole number nor true or false */
        public Bare {
            if (!text.matches("-?[0-9]{1,18}|true|false")) {
                throw new IllegalArgumentException("'" + text + "' is neither a whole number nor true or false");
            }
        }
    }

    /** Some texts, which are lines in the middle of other text. */
    record Texts(List<String> list) implements Value {
        public Texts {
            list = List.copyOf(list);
        }

        @Override
        public String text() {
            return String.join("\n", list);
        }
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Bare(Long.toString(number));
    }

    static Value of(boolean truth) {
        return new Bare(Boolean.toString(truth));
    }

    static Value of(List<String> texts) {
        return new Texts(texts);
    }
}
