package io.jenkins.plugins.builderfarm.testbed.machine;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/** A line over a WebSocket of the Java platform, which wants each send to wait for the one before. Thread-safe. */
final class WebSocketLine implements Line {
    private final WebSocket socket;
    private CompletableFuture<WebSocket> last; // guarded by this

    WebSocketLine(WebSocket socket) {
        this.socket = socket;
        this.last = CompletableFuture.completedFuture(socket);
    }

    @Override
    public synchronized void send(String text) {
        last = last.thenCompose(ready -> ready.sendText(text, true));
    }

    @Override
    public synchronized void close() {
        last = last.thenCompose(ready -> ready.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        // A close that fails leaves nothing else to do than to cut the connection.
        last.exceptionally(failure -> {
            socket.abort();
            return socket;
        });
    }
}
