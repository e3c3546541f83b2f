package io.jenkins.plugins.builderfarm.coordinator.kernel;

import java.util.Objects;

/** Something to be done at a time; a link of one of the wheel's rings while it waits. Guarded by the farm's lock. */
public final class Timer {
    private final Runnable action;
    private long due;
    private Timer before = this;
    private Timer after = this;

    /** @param action runs under the farm's lock */
    public Timer(Runnable action) {
        this.action = Objects.requireNonNull(action, "action");
    }

    /** Without effect if it isn't waiting. */
    public void cancel() {
        before.after = after;
        after.before = before;
        before = this;
        after = this;
    }

    public boolean isWaiting() {
        return after != this;
    }

    /** When it is due, in farm time; of no meaning if it isn't waiting. */
    public long due() {
        return due;
    }

    void setDue(long newDue) {
        due = newDue;
    }

    void linkBefore(Timer other) {
        before = other.before;
        after = other;
        before.after = this;
        other.before = this;
    }

    Timer next() {
        return after;
    }

    void fire() {
        action.run();
    }
}
