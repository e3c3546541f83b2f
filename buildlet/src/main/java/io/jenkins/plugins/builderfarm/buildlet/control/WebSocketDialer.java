package io.jenkins.plugins.builderfarm.buildlet.control;

import java.net.URI;
import java.time.Duration;

/** Dials with Java-WebSocket. */
public final class WebSocketDialer implements Dialer {
    private final Duration connectTimeout;

    /** @param connectTimeout for the TCP connection, and again for the TLS handshake */
    public WebSocketDialer(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    @Override
    public Connection dial(URI address, Receiver receiver) {
        WebSocketConnection connection = new WebSocketConnection(address, connectTimeout, receiver);
        connection.start();
        return connection;
    }
}
