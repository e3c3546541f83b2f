package io.jenkins.plugins.builderfarm.testbed.machine;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Keeps one simulated machine dialled in, as a buildlet would: waits its turn, redials when cut off or sent away. */
final class WebSocketMachine {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final SimulatedMachine machine;
    private final ControllerUrl controller;
    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final StormCounts counts;
    private int failures; // guarded by this

    WebSocketMachine(
            SimulatedMachine machine,
            ControllerUrl controller,
            HttpClient client,
            ScheduledExecutorService timer,
            StormCounts counts) {
        this.machine = machine;
        this.controller = controller;
        this.client = client;
        this.timer = timer;
        this.counts = counts;
    }

    SimulatedMachine machine() {
        return machine;
    }

    void dial() {
        counts.dials.incrementAndGet();
        client.newWebSocketBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .buildAsync(controller.reverse(), new Conversation())
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        failed(failure);
                    }
                });
    }

    private void failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        Duration atLeast = Duration.ZERO;
        if (cause instanceof WebSocketHandshakeException answered) {
            counts.busy.incrementAndGet();
            atLeast = Duration.ofSeconds(answered.getResponse()
                    .headers()
                    .firstValueAsLong("Retry-After")
                    .orElse(0));
        } else {
            counts.unreachable.incrementAndGet();
        }
        redial(atLeast);
    }

    private synchronized void redial(Duration atLeast) {
        failures++;
        Duration wait = Backoff.MACHINES.wait(failures, atLeast, ThreadLocalRandom.current());
        timer.schedule(this::dial, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void cameIn() {
        failures = 0;
    }

    private final class Conversation implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private boolean over;

        @Override
        public void onOpen(WebSocket socket) {
            machine.opened(new WebSocketLine(socket));
            socket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    machine.received(text.toString());
                } catch (ProtocolException e) {
                    System.err.println("storm: " + machine.id() + ": " + e.getMessage());
                    socket.abort();
                    over();
                    return null;
                }
                text.setLength(0);
                switch (machine.state()) {
                    case WAITING, LEASED -> cameIn();
                    default -> {
                        // Not in yet, or on its way out: the close follows.
                    }
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            over();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            over();
        }

        private void over() {
            if (over) {
                return;
            }
            over = true;
            SimulatedMachine.State before = machine.state();
            machine.closed();
            switch (before) {
                case REFUSED -> {
                    counts.refused.incrementAndGet();
                    redial(Duration.ofMillis(machine.retryMillis()));
                }
                case WAITING, LEASED -> {
                    counts.lost.incrementAndGet();
                    redial(Duration.ZERO);
                }
                case DONE -> dial();
                default -> redial(Duration.ZERO);
            }
        }
    }
}
