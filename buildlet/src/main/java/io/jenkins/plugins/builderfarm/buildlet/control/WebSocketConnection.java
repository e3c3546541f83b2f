package io.jenkins.plugins.builderfarm.buildlet.control;

import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/** One connection of Java-WebSocket, made to behave as {@link Connection} says. */
final class WebSocketConnection extends WebSocketClient implements Connection {
    private static final int BUFFER = 8_192;

    private final Wire wire = new Wire();
    private final Duration connectTimeout;
    private final Receiver receiver;
    private final AtomicReference<String> failure;
    private final AtomicReference<Optional<Duration>> retryAfter;

    WebSocketConnection(URI address, Duration connectTimeout, Receiver receiver) {
        this(address, connectTimeout, receiver, new AtomicReference<>(), new AtomicReference<>(Optional.empty()));
    }

    private WebSocketConnection(
            URI address,
            Duration connectTimeout,
            Receiver receiver,
            AtomicReference<String> failure,
            AtomicReference<Optional<Duration>> retryAfter) {
        super(
                address,
                new UpgradeDraft((status, wait) -> {
                    failure.set(answer(status));
                    retryAfter.set(wait);
                }),
                Map.of(),
                (int) connectTimeout.toMillis());
        this.connectTimeout = connectTimeout;
        this.receiver = receiver;
        this.failure = failure;
        this.retryAfter = retryAfter;
        setDaemon(true);
        setTcpNoDelay(true);
        setReceiveBufferSize(BUFFER);
        setConnectionLostTimeout(0); // the control connection has health checks of its own
    }

    private static String answer(int status) {
        return "it answered HTTP " + status
                + switch (status) {
                    case 404 -> ": no Builder Farm at this URL";
                    case 301, 302, 307, 308 -> ": it is elsewhere; give the controller's own URL";
                    case 502, 503, 504 -> ": it is busy or starting";
                    default -> "";
                };
    }

    /** Dials, on a thread of its own. */
    void start() {
        Thread thread = new Thread(this::dial, "control connection");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("deprecation") // in favour of a factory of sockets, for which there is no use with one socket
    private void dial() {
        try {
            setSocket(wire.open(getURI(), connectTimeout));
        } catch (IOException | IllegalArgumentException e) {
            wire.close();
            receiver.closed(Reasons.of(e), Optional.empty());
            return;
        }
        run();
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        // The controller speaks first.
    }

    @Override
    public void onMessage(String text) {
        receiver.received(text);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
        failure.compareAndSet(null, "it sent a binary message");
        abort();
    }

    @Override
    public void onError(Exception problem) {
        failure.compareAndSet(null, Reasons.of(problem));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        failure.compareAndSet(null, closing(code, reason, remote));
        receiver.closed(failure.get(), retryAfter.get());
    }

    private static String closing(int code, String reason, boolean remote) {
        String who = remote ? "the controller closed the connection" : "the connection was closed";
        if (code == CloseFrame.NORMAL || code == CloseFrame.ABNORMAL_CLOSE || code == CloseFrame.NOCODE) {
            return who;
        }
        return who + " with code " + code + (reason == null || reason.isEmpty() ? "" : " (" + reason + ")");
    }

    @Override
    public void send(String text) {
        try {
            super.send(text);
        } catch (WebsocketNotConnectedException e) {
            failure.compareAndSet(null, "the connection is not open");
        }
    }

    @Override
    public void abort() {
        getConnection().closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        wire.close();
    }
}
