package io.jenkins.plugins.builderfarm.reverse;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.websocket.WebSocketSession;

/**
 * One machine's WebSocket between Jetty and the coordinator. Thread-safe: Jetty calls from its threads, one frame after
 * the other, and may say more than once that the connection is closed.
 */
final class MachineSocket extends WebSocketSession implements Connection {
    private static final Logger LOGGER = Logger.getLogger(MachineSocket.class.getName());

    /** The hello, and whatever a machine says without waiting to be welcomed. */
    private static final int MOST_EARLY = 4;

    private final Coordinator coordinator;
    private final Ticket ticket;
    private final SendQueue queue = new SendQueue(new SendQueue.Wire() {
        @Override
        public Future<Void> send(String text) throws IOException {
            return sendText(text);
        }

        @Override
        public void close() throws IOException {
            MachineSocket.this.close();
        }
    });

    /** Null until the coordinator has answered; guarded by this, as all below. */
    @CheckForNull
    private Session session;

    /** What came before that: a quick machine answers the challenge while {@code open} is still under way. */
    private final Deque<String> early = new ArrayDeque<>();

    /** Why it closed, if it did before the coordinator was asked. */
    @CheckForNull
    private String closed;

    MachineSocket(Coordinator coordinator, Ticket ticket) {
        this.coordinator = coordinator;
        this.ticket = ticket;
    }

    /** On another thread: the coordinator sends the challenge at once, and Jenkins can't send before this returns. */
    @Override
    protected void opened() {
        Computer.threadPoolForRemoting.execute(this::open);
    }

    private void open() {
        try {
            begin(coordinator.open(ticket, this));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "A machine's connection from " + ticket.address() + " failed to open");
            ticket.cancel();
            queue.close();
        }
    }

    /** Hands over what came early, then lets everything through. */
    private void begin(Session opened) {
        while (true) {
            String next;
            String why;
            synchronized (this) {
                next = early.poll();
                why = closed;
                if (next == null) {
                    session = opened;
                }
            }
            if (next == null) {
                if (why != null) {
                    opened.closed(why);
                }
                return;
            }
            opened.received(next);
        }
    }

    @Override
    protected void text(String message) {
        Session now;
        boolean tooMuch = false;
        synchronized (this) {
            now = session;
            if (now == null) {
                tooMuch = early.size() >= MOST_EARLY;
                if (!tooMuch) {
                    early.add(message);
                }
            }
        }
        if (now != null) {
            now.received(message);
        } else if (tooMuch) {
            queue.close();
        }
    }

    /** Machines send text only. */
    @Override
    protected void binary(byte[] payload, int offset, int length) {
        queue.close();
    }

    @Override
    protected void closed(int statusCode, String reason) {
        gone("closed with status " + statusCode);
    }

    /** Too long a frame, a broken one, a broken pipe. Jetty may or may not say "closed" afterwards. */
    @Override
    protected void error(Throwable cause) {
        LOGGER.log(Level.FINE, cause, () -> "Connection of " + ticket.address());
        queue.close();
        gone("failed: " + cause);
    }

    private void gone(String why) {
        Session now;
        synchronized (this) {
            now = session;
            if (closed == null) {
                closed = why;
            }
        }
        queue.discard();
        if (now != null) {
            now.closed(why);
        }
    }

    @Override
    public void send(String json) {
        queue.send(json);
    }

    /** The reason isn't sent: Jenkins's WebSockets close with a status only. */
    @Override
    public void close(String reason) {
        queue.close();
    }
}
