package io.jenkins.plugins.builderfarm.config;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Collections;
import java.util.List;

/**
 * The farm's configuration as XML. An entry that stayed as it was has the very same text as the last time, so that two of
 * these are compared at once. Nothing in it is secret. Immutable.
 *
 * @param settings all of it but the host types and builders, whose lists are empty here
 * @param hostTypes the element of each, without the blanks before it
 * @param builders likewise
 */
public record FarmXml(String settings, List<String> hostTypes, List<String> builders) {
    private static final String SETTING = "\n  ";
    private static final String ENTRY = "\n    ";

    public FarmXml {
        // Not copied, as lists of the largest farm would be at each save: EntryTexts makes them and keeps none.
        hostTypes = Collections.unmodifiableList(hostTypes);
        builders = Collections.unmodifiableList(builders);
    }

    /** All of it, without the declaration that begins the file. */
    public String text() {
        StringWriter text = new StringWriter();
        try {
            write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not from memory
        }
        return text.toString();
    }

    /** Writes {@link #text} piece by piece: the whole of a large farm, at each save, is hard on a small controller's memory. */
    void write(Writer out) throws IOException {
        int done = writeUpTo("hostTypes", hostTypes, out, 0);
        done = writeUpTo("builders", builders, out, done);
        out.write(settings, done, settings.length() - done);
    }

    /** Returns up to where the settings are written. A value has no {@code <}, so the list is found for sure. */
    private int writeUpTo(String list, List<String> entries, Writer out, int done) throws IOException {
        if (entries.isEmpty()) {
            return done;
        }
        String empty = SETTING + "<" + list + "/>";
        int at = settings.indexOf(empty, done);
        if (at < 0) {
            throw new IllegalStateException(
                    "the configuration's XML has no list of " + list + " after character " + done);
        }
        out.write(settings, done, at - done);
        out.write(SETTING + "<" + list + ">");
        for (String entry : entries) {
            out.write(ENTRY);
            out.write(entry);
        }
        out.write(SETTING + "</" + list + ">");
        return at + empty.length();
    }
}
