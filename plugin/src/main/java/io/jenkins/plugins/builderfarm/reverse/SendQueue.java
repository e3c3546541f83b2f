package io.jenkins.plugins.builderfarm.reverse;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What waits to be sent to one machine: one text at a time, so that what Jetty holds is bounded, and no more than
 * {@value #MOST} behind it, which is more than a machine that listens ever has. Thread-safe; never blocks.
 */
final class SendQueue {
    static final int MOST = 32;
    private static final Logger LOGGER = Logger.getLogger(SendQueue.class.getName());

    private final Wire wire;
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean sending;
    private boolean closing;
    private boolean closed;

    /** Where texts go. */
    interface Wire {
        /** Must not block. */
        Future<Void> send(String text) throws IOException;

        /** Must not block. */
        void close() throws IOException;
    }

    SendQueue(Wire wire) {
        this.wire = wire;
    }

    /** Sends after all that was sent before; closes the connection instead if too much waits. */
    void send(String text) {
        synchronized (this) {
            if (closing || closed) {
                return;
            }
            if (waiting.size() >= MOST) {
                waiting.clear();
                closing = true;
                sending = false;
            } else {
                waiting.add(text);
            }
        }
        pump();
    }

    /** Closes the connection once what was sent before is out. */
    void close() {
        synchronized (this) {
            closing = true;
        }
        pump();
    }

    /** The connection is gone: nothing is sent any more. */
    void discard() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
    }

    private void pump() {
        String next;
        synchronized (this) {
            if (closed || sending) {
                return;
            }
            next = waiting.poll();
            if (next != null) {
                sending = true;
            } else if (closing) {
                closed = true;
            } else {
                return;
            }
        }
        if (next == null) {
            hangUp();
        } else {
            transmit(next);
        }
    }

    private void transmit(String text) {
        Future<Void> sent;
        try {
            sent = wire.send(text);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "Could not send", e);
            fail();
            return;
        }
        if (sent instanceof CompletableFuture<Void> completable) {
            completable.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    done();
                } else {
                    fail();
                }
            });
        } else {
            // Some other servlet container: without a call back the bound can't be kept, the order is its own to keep.
            done();
        }
    }

    private void done() {
        synchronized (this) {
            sending = false;
        }
        pump();
    }

    private void fail() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
        }
        hangUp();
    }

    private void hangUp() {
        try {
            wire.close();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "Could not close", e);
        }
    }
}
