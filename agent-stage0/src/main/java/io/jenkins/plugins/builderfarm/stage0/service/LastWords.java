package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;

/**
 * What comes before stage0 has opened its log, and what Java itself says when it fails: kept beside the log for the latest
 * start alone, so that it never grows. Stateless.
 */
final class LastWords {
    /** Should the file not be to be had, the command runs all the same. Nothing of the command is part of the script. */
    private static final String SCRIPT = "true 2>/dev/null >\"$0\" && exec >\"$0\" 2>&1; exec \"$@\"";

    private LastWords() {}

    /** Where they are. */
    static String file(String log) {
        return log + ".err";
    }

    /** The words that run a command, of which they make the process that runs it. */
    static List<String> of(List<String> command, String log) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, file(log)));
        words.addAll(command);
        return words;
    }
}
