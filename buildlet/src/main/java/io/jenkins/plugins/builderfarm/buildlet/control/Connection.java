package io.jenkins.plugins.builderfarm.buildlet.control;

/** A WebSocket that is being made, open, or closed. Thread-safe; no method blocks, throws, or does harm when closed. */
public interface Connection {
    /** Sends a text message; nothing happens unless the connection is open. */
    void send(String text);

    /** Says good-bye properly once all is sent that was to be; {@link Receiver#closed} follows when the other side answers. */
    void close();

    /** Ends it at once, whatever the network does. */
    void abort();
}
