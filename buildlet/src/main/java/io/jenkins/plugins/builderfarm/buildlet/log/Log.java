package io.jenkins.plugins.builderfarm.buildlet.log;

import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Where the buildlet says what it does, one line each: {@code 2026-11-23T08:00:00Z buildlet: text}. Thread-safe.
 * Callers keep secrets out.
 */
public final class Log {
    private final PrintStream out;
    private final InstantSource clock;

    public Log(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Control characters and what goes beyond a note's length are taken out, as texts of the other side may be in it. */
    public void line(String text) {
        out.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " buildlet: " + Limits.note(text));
    }
}
