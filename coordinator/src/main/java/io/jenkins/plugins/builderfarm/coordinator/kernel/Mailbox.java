package io.jenkins.plugins.builderfarm.coordinator.kernel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Actions that run one at a time, first come first served, on whichever thread gets there; the others go on. It takes no
 * lock, so an action that blocks holds up its own mailbox only.
 */
public final class Mailbox {
    private static final Logger LOGGER = Logger.getLogger(Mailbox.class.getName());

    private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

    /** Actions that somebody has answered for by {@link #runNext} and that have not run. */
    private final AtomicInteger due = new AtomicInteger();

    void put(Runnable action) {
        actions.add(action);
    }

    /** To be called once for each action after it was put: runs one, and those that others leave here meanwhile. */
    void runNext() {
        if (due.getAndIncrement() != 0) {
            return;
        }
        do {
            Runnable action = actions.poll();
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                // The mailbox must go on: a connection or listener that fails once would never be heard of again.
                LOGGER.log(Level.SEVERE, "an action of the farm failed", e);
            }
        } while (due.decrementAndGet() != 0);
    }
}
