package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;

/** The latest refusals, for administrators; and their lines in the log, bounded. Guarded by the farm's lock. */
final class Refusals {
    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Lines in a minute; a crowd of strangers must not fill the disk. */
    static final int MOST_LINES = 60;

    private final Context context;
    private final Deque<Refusal> latest = new ArrayDeque<>();
    private long windowEnd;
    private int lines;

    Refusals(Context context) {
        this.context = context;
    }

    void add(String address, String machine, Refusal.Reason reason, String detail) {
        latest.addFirst(new Refusal(context.time().instant(), address, machine, reason, detail));
        if (latest.size() > context.bounds().refusals()) {
            latest.removeLast();
        }
        context.announcer().changed();
        log("refused " + (machine.isEmpty() ? "a stranger" : machine) + " from " + address + ": " + detail);
    }

    private void log(String line) {
        long now = context.time().now();
        if (now >= windowEnd) {
            windowEnd = now + WINDOW_MILLIS;
            lines = 0;
        }
        lines++;
        if (lines <= MOST_LINES) {
            context.announcer().log(Level.WARNING, line);
        } else if (lines == MOST_LINES + 1) {
            context.announcer().log(Level.WARNING, "more refusals follow that are not logged in this minute");
        }
    }

    /** Newest first. */
    List<Refusal> latest() {
        return List.copyOf(latest);
    }
}
