package io.jenkins.plugins.builderfarm.testbed.program;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lines that programs printed, to be looked through and waited for. Thread-safe. */
public final class Lines {
    private final List<String> all = new ArrayList<>(); // guarded by this
    private final Consumer<String> listener;

    public Lines() {
        this(line -> {});
    }

    /** @param listener sees each line as it comes, on the thread that read it */
    public Lines(Consumer<String> listener) {
        this.listener = listener;
    }

    void add(String line) {
        synchronized (this) {
            all.add(line);
            notifyAll();
        }
        listener.accept(line);
    }

    public synchronized List<String> all() {
        return List.copyOf(all);
    }

    /** How many lines hold the pattern. */
    public long count(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return all().stream().filter(line -> pattern.matcher(line).find()).count();
    }

    /**
     * The first line that holds the pattern, whether it came already or comes in time.
     *
     * @throws TimeoutException if none came; the message has the last lines that did
     */
    public synchronized String await(String regex, Duration limit) throws InterruptedException, TimeoutException {
        Pattern pattern = Pattern.compile(regex);
        long end = System.nanoTime() + limit.toNanos();
        int next = 0;
        while (true) {
            for (; next < all.size(); next++) {
                if (pattern.matcher(all.get(next)).find()) {
                    return all.get(next);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException(
                        "no line with '" + regex + "' in " + limit + "; the lines were:\n" + String.join("\n", all));
            }
            wait(left);
        }
    }
}
