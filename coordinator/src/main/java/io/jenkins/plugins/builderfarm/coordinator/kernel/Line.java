package io.jenkins.plugins.builderfarm.coordinator.kernel;

import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import java.util.Objects;

/** A connection that can be used under the lock: what is said goes out after it was let go, in order. */
public final class Line {
    private final FarmLock lock;
    private final Connection connection;
    private final Mailbox mailbox = new Mailbox();

    public Line(FarmLock lock, Connection connection) {
        this.lock = lock;
        this.connection = Objects.requireNonNull(connection, "connection");
    }

    public void send(ControllerMessage message) {
        lock.later(mailbox, () -> {
            boolean sent = false;
            try {
                connection.send(message.encode());
                sent = true;
            } finally {
                if (!sent) {
                    // Half a conversation is of no use: the machine dials again.
                    connection.close("failed");
                }
            }
        });
    }

    public void close(String reason) {
        lock.later(mailbox, () -> connection.close(reason));
    }
}
