package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.stage0.network.ProxyRefusal;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether what answers at {@code /reverse} is a farm's controller: it opens with a challenge. The doctor hangs up on it,
 * rather than prove its key: a proof would make it a machine of the farm for a moment, and get in the way of the stage0
 * that may be running.
 */
record ReverseCheck(URI address) implements Check {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration CHALLENGE = Duration.ofSeconds(10);
    private static final int PROTOCOL = 1;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public Finding run() throws InterruptedException {
        FirstText text = new FirstText();
        AskedOnce login = new AskedOnce();
        WebSocket socket = null;
        try {
            HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
            if (Authenticator.getDefault() != null) {
                client.authenticator(login);
            }
            socket = client.build()
                    .newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .buildAsync(address, text)
                    .get(CONNECT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
            return judge(text.message.get(CHALLENGE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return login.refused ? proxyRefused() : failed(e.getCause());
        } catch (TimeoutException e) {
            return Finding.fail(
                    address
                            + (socket == null
                                    ? " gives no answer in time"
                                    : " says nothing, where a farm's controller would"),
                    "compare -coordinator with what the farm's administrators gave you");
        } finally {
            if (socket != null) {
                socket.abort();
            }
        }
    }

    private Finding judge(String message) {
        try {
            if (Messages.fromController(message) instanceof ControllerMessage.Challenge challenge) {
                return challenge.oldest() <= PROTOCOL && PROTOCOL <= challenge.newest()
                        ? Finding.ok(
                                address + " is a farm's controller (whether it takes the key shows when stage0 dials)")
                        : Finding.fail(
                                address + " speaks versions " + challenge.oldest() + " to " + challenge.newest()
                                        + " of the protocol, and this program version " + PROTOCOL,
                                "get a newer stage0.jar");
            }
        } catch (ProtocolException e) {
            return noFarm(address + " opens with something else than a challenge: " + e.getMessage());
        }
        return noFarm(address + " opens with something else than a challenge");
    }

    private Finding failed(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refusal) {
            int status = refusal.getResponse().statusCode();
            return switch (status) {
                case UNAVAILABLE ->
                    Finding.warn(address + " is busy or starting (HTTP 503)", "wait; stage0 does, and comes back");
                case ProxyRefusal.STATUS -> proxyRefused();
                case FORBIDDEN -> noFarm(address + " forbids the connection (HTTP 403)");
                default ->
                    noFarm(address + " answers HTTP " + status
                            + " to a WebSocket: no farm's controller, or a proxy that knows no WebSockets");
            };
        }
        String why = cause instanceof IOException io ? NetworkErrors.explain(io) : String.valueOf(cause);
        return noFarm(address + " can't be reached by WebSocket: " + why);
    }

    private Finding proxyRefused() {
        return Finding.fail(address + " can't be reached: " + ProxyRefusal.TEXT, ProxyCheck.PASSWORD_REMEDY);
    }

    private static Finding noFarm(String found) {
        return Finding.fail(found, "compare -coordinator with what the farm's administrators gave you");
    }

    /** Java's WebSockets would give a wrong password four times, and accounts get locked. For one connection. */
    private static final class AskedOnce extends Authenticator {
        private boolean asked;
        private volatile boolean refused;

        @Override
        protected synchronized PasswordAuthentication getPasswordAuthentication() {
            if (asked) {
                refused = getRequestorType() == RequestorType.PROXY;
                return null;
            }
            asked = true;
            return Authenticator.requestPasswordAuthentication(
                    getRequestingHost(),
                    getRequestingSite(),
                    getRequestingPort(),
                    getRequestingProtocol(),
                    getRequestingPrompt(),
                    getRequestingScheme(),
                    getRequestingURL(),
                    getRequestorType());
        }
    }

    /** The first whole message; what a farm's controller opens with is short. */
    private static final class FirstText implements WebSocket.Listener {
        private static final int LONGEST = 65_536;

        private final CompletableFuture<String> message = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                message.complete(text.toString());
            } else if (text.length() > LONGEST) {
                message.completeExceptionally(new IOException("its first message has no end"));
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            message.completeExceptionally(new IOException("it hung up without a word (" + code + ")"));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            message.completeExceptionally(error);
        }
    }
}
