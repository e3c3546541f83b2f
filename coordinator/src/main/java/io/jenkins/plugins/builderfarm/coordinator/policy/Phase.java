package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.Locale;

/** When something is built. */
public enum Phase {
    /** After it was reviewed and submitted. */
    POST_SUBMIT("post-submit", "post"),
    /** While it is a change under review. */
    PRE_SUBMIT("pre-submit", "pre");

    private final String word;
    private final String shortWord;

    Phase(String word, String shortWord) {
        this.word = word;
        this.shortWord = shortWord;
    }

    /**
     * Reads {@code post-submit} or {@code pre-submit}, in short {@code post} or {@code pre}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Phase of(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        for (Phase phase : values()) {
            if (lower.equals(phase.word) || lower.equals(phase.shortWord)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no phase; there are post-submit and pre-submit");
    }

    @Override
    public String toString() {
        return word;
    }
}
