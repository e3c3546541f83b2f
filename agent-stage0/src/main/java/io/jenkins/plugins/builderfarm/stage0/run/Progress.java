package io.jenkins.plugins.builderfarm.stage0.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file in which the buildlet says how far it got, a line for each step. It outlives a crash of the process, so that the
 * next start can judge the run. Thread-safe as far as appending goes.
 */
public record Progress(Path file) {
    private static final String DIALLED_IN = "dialled-in";
    private static final String RELEASED = "released ";
    /** stage0's own line: the process was asked to stop. */
    private static final String STOPPED = "stopped";

    /** Before a start. */
    public void clear() throws IOException {
        Files.write(file, new byte[0]);
    }

    /** Notes that the process was asked to stop, so that its end isn't taken for the release's fault. */
    public void stopped() {
        try {
            Files.writeString(file, STOPPED + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The process is ending; at worst the release is judged a little too hard.
        }
    }

    public boolean dialledIn() {
        return lines().contains(DIALLED_IN);
    }

    /**
     * What the run says about its release.
     *
     * @param orderly whether it came back with exit code 0
     */
    public Ending ending(boolean orderly) {
        List<String> lines = lines();
        if (lines.stream().anyMatch(line -> line.startsWith(RELEASED))) {
            return Ending.PROVED;
        }
        boolean ended = orderly || lines.contains(STOPPED);
        return ended && lines.contains(DIALLED_IN) ? Ending.UNDECIDED : Ending.FAILED;
    }

    /** A line that a crash cut off says nothing; one that can't be read neither. */
    private List<String> lines() {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n');
            return end < 0 ? List.of() : text.substring(0, end).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
