package io.jenkins.plugins.builderfarm.reverse;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.testbed.machine.Line;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulated machine on a real WebSocket, which keeps what the controller said. */
final class SocketMachine implements WebSocket.Listener {
    private final SimulatedMachine machine;
    private final StringBuilder text = new StringBuilder();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final WebSocket socket;

    SocketMachine(SimulatedMachine machine, ControllerUrl controller) {
        this.machine = machine;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(controller.reverse(), this)
                .join();
    }

    SimulatedMachine machine() {
        return machine;
    }

    WebSocket socket() {
        return socket;
    }

    /** The texts that came so far. */
    List<String> heard() {
        return heard;
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void onOpen(WebSocket opened) {
        machine.opened(new Line() {
            // One after the other, as the WebSocket wants it.
            private CompletableFuture<WebSocket> last = CompletableFuture.completedFuture(opened);

            @Override
            public synchronized void send(String json) {
                last = last.thenCompose(one -> one.sendText(json, true));
            }

            @Override
            public synchronized void close() {
                last = last.thenCompose(one -> one.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
        });
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            heard.add(text.toString());
            try {
                machine.received(text.toString());
            } catch (ProtocolException e) {
                throw new IllegalStateException(e);
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        machine.closed();
        closed.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        machine.closed();
        closed.complete(null);
    }
}
