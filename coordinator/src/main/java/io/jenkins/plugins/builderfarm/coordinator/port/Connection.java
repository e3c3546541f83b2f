package io.jenkins.plugins.builderfarm.coordinator.port;

/**
 * One machine's WebSocket, as the coordinator sees it. Never called under the coordinator's lock; calls for one
 * connection come one after the other, in the order in which they were decided.
 */
public interface Connection {
    /**
     * Sends a text frame. Must not block: implementations queue, bound their queue, and close the connection when it is
     * full. Nothing happens on a connection that is closed.
     */
    void send(String json);

    /**
     * Closes the connection once what was sent before is out. May be called more than once.
     *
     * @param reason for the close frame, the same for everyone: never why a stranger was refused
     */
    void close(String reason);
}
