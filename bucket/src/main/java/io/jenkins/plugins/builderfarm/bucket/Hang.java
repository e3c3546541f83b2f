package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A request or an answer that is held back until {@link #release}, or until the server closes. Every request that meets it
 * takes one of the server's threads while it waits. Thread-safe.
 */
public final class Hang implements Fault {

    private final long afterBytes;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Semaphore reached = new Semaphore(0);

    /** @param afterBytes of the body; negative: before the request has any effect */
    Hang(long afterBytes) {
        this.afterBytes = afterBytes;
    }

    /** Lets everything that waits, and everything that comes later, go on. */
    public void release() {
        released.countDown();
    }

    /**
     * Waits for a request to get stuck here; each one counts once.
     *
     * @return false if none came in time
     */
    public boolean awaitReached(Duration timeout) throws InterruptedException {
        return reached.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Response answer(BucketRequest request, Handler real) throws IOException {
        if (afterBytes < 0) {
            hold();
            return real.answer();
        }
        Response answer = real.answer();
        return answer.with(answer.delivery().obstructedBy(new Delivery.Obstacle(afterBytes, this)));
    }

    void hold() throws IOException {
        reached.release();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("the server closes");
            stopped.initCause(e);
            throw stopped;
        }
    }
}
