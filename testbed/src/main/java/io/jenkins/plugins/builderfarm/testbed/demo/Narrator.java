package io.jenkins.plugins.builderfarm.testbed.demo;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Says on the terminal what happens, with the seconds since the step before. Not thread-safe. */
final class Narrator {
    private final PrintStream out;
    private long last = System.nanoTime();
    private int step;

    Narrator(PrintStream out) {
        this.out = out;
    }

    /** Something to look at. */
    void place(String what, String where) {
        out.printf("  %-12s %s%n", what, where);
    }

    /** Something that is true now. */
    void happened(String what) {
        long now = System.nanoTime();
        step++;
        out.printf("%2d. %s (%.1f s)%n", step, what, TimeUnit.NANOSECONDS.toMillis(now - last) / 1000.0);
        last = now;
    }

    void say(String text) {
        out.println(text);
    }
}
