package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.buildlet.loop.Loop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop whose time is the test's: nothing runs but in {@link #advance}. */
public final class ManualLoop implements Loop {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
    private Duration now = Duration.ZERO;
    private long numbers;

    private record Task(Duration due, long number, Runnable body) {}

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Task waiting = new Task(now.plus(delay), numbers++, task);
        tasks.add(waiting);
        return () -> tasks.remove(waiting);
    }

    /** Runs what is due by then, in order. */
    public void advance(Duration by) {
        Duration end = now.plus(by);
        while (!tasks.isEmpty() && tasks.peek().due().compareTo(end) <= 0) {
            Task task = tasks.poll();
            now = task.due();
            task.body().run();
        }
        now = end;
    }

    /** Runs what is due now. */
    public void settle() {
        advance(Duration.ZERO);
    }

    public Duration now() {
        return now;
    }
}
