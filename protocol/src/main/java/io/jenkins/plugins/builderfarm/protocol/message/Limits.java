package io.jenkins.plugins.builderfarm.protocol.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Bounds that both ends keep and expect. Messages cut their own texts to them when they are made, so nothing that a
 * program happens to say of itself can make its peer refuse the message.
 */
public final class Limits {
    /** The first and, so far, only version of the control connection. */
    public static final int PROTOCOL_VERSION = 1;

    /** Characters in a message. */
    public static final int LONGEST_MESSAGE = 32_000;

    /** Characters in a reason or note: longer ones are cut by the writer. */
    public static final int LONGEST_NOTE = 1_000;

    /** Entries in a list of notes. */
    public static final int MOST_NOTES = 20;

    /**
     * Characters in a list of notes taken together. Each may become two in JSON or three bytes in UTF-8, and a message
     * must stay below {@link #LONGEST_MESSAGE} characters and below the 65,536 bytes that Jenkins's WebSockets take.
     */
    static final int ALL_NOTES = 10_000;

    static final int LONGEST_ID = 64;
    static final int LONGEST_FACT = 200;

    /** What could break a line of a log apart. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]+");

    private Limits() {}

    /** A text of any length made fit for a note: one line, at most {@link #LONGEST_NOTE} characters. */
    public static String note(String text) {
        return line(text, LONGEST_NOTE);
    }

    /** Texts of any number and length made fit for a list of notes; the last entry says how many were left out. */
    public static List<String> notes(List<String> texts) {
        List<String> notes = new ArrayList<>();
        int room = ALL_NOTES - LONGEST_ID;
        for (String text : texts) {
            String note = note(text);
            boolean last = notes.size() == MOST_NOTES - 1 && texts.size() > MOST_NOTES;
            if (last || note.length() > room) {
                notes.add("… and " + (texts.size() - notes.size()) + " more");
                break;
            }
            room -= note.length();
            notes.add(note);
        }
        return List.copyOf(notes);
    }

    static String fact(String text) {
        return line(text, LONGEST_FACT);
    }

    static String line(String text, int longest) {
        String flat = CONTROL.matcher(text).replaceAll(" ").strip();
        if (flat.length() <= longest) {
            return flat;
        }
        // Not between the two halves of a character that takes two.
        int end = Character.isHighSurrogate(flat.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return flat.substring(0, end) + "…";
    }
}
