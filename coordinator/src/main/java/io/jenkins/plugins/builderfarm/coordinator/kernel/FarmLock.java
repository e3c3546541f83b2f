package io.jenkins.plugins.builderfarm.coordinator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The coordinator's one lock, and what was decided under it: actions wait in mailboxes until it was let go. So no
 * foreign code ever runs under the lock, and still each mailbox's actions run in the order in which they were decided.
 */
public final class FarmLock {
    private final ReentrantLock lock = new ReentrantLock();

    /** Mailboxes with something new in them, once for each action. Guarded by the lock. */
    private final List<Mailbox> touched = new ArrayList<>();

    /**
     * Runs the body under the lock, then what it put in mailboxes, unless another thread is at it.
     *
     * @throws IllegalStateException if this thread has the lock already: bodies don't nest
     */
    public <T> T get(Supplier<T> body) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("the farm's lock is taken twice");
        }
        List<Mailbox> mailboxes = new ArrayList<>();
        try {
            return locked(body, mailboxes);
        } finally {
            mailboxes.forEach(Mailbox::runNext);
        }
    }

    private <T> T locked(Supplier<T> body, List<Mailbox> mailboxes) {
        lock.lock();
        try {
            return body.get();
        } finally {
            mailboxes.addAll(touched);
            touched.clear();
            lock.unlock();
        }
    }

    /** {@link #get} without a result. */
    public void run(Runnable body) {
        get(() -> {
            body.run();
            return null;
        });
    }

    /**
     * Puts an action in a mailbox.
     *
     * @throws IllegalStateException if this thread hasn't the lock
     */
    public void later(Mailbox mailbox, Runnable action) {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("the farm's lock is not held");
        }
        mailbox.put(action);
        touched.add(mailbox);
    }

    /** Whether this thread has the lock. */
    public boolean isMine() {
        return lock.isHeldByCurrentThread();
    }
}
