package io.jenkins.plugins.builderfarm.stage0;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** One line for each thing that happens: {@code 2026-11-23T08:00:00Z stage0: text}. Thread-safe. */
public final class Log {
    private final PrintStream out;
    private final InstantSource clock;

    public Log(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** To standard error, where every supervisor looks. */
    public static Log toStandardError() {
        return new Log(System.err, InstantSource.system());
    }

    /** For who only looks. */
    public static Log toNobody() {
        return new Log(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                InstantSource.system());
    }

    /** Writes a line; what a server sent may be in it, so control characters become spaces. */
    public void say(String text) {
        StringBuilder line = new StringBuilder(text.length() + 40);
        line.append(clock.instant().truncatedTo(ChronoUnit.SECONDS)).append(" stage0: ");
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
        out.println(line);
    }
}
