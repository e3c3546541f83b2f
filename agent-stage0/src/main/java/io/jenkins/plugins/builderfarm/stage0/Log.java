package io.jenkins.plugins.builderfarm.stage0;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    /** To standard error, where every supervisor looks, or where that goes at this moment. */
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
        out.println(line(clock.instant(), text));
    }

    /** The line, without its end. */
    public static String line(Instant now, String text) {
        StringBuilder line = new StringBuilder(text.length() + 40);
        line.append(now.truncatedTo(ChronoUnit.SECONDS)).append(" stage0: ");
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
        return line.toString();
    }
}
