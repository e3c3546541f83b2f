package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The controller's end of one control connection. */
public final class TestSession extends Session.Listener.AbstractAutoDemanding {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Session> open = new CompletableFuture<>();

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        open.complete(session);
    }

    @Override
    public void onWebSocketText(String message) {
        inbox.add(message);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        closed.complete(null);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        closed.complete(null);
    }

    public void send(ControllerMessage message) {
        sendRaw(message.encode());
    }

    public void sendRaw(String text) {
        open.join().sendText(text, Callback.NOOP);
    }

    /** Drops the connection without a word. */
    public void drop() {
        open.join().disconnect();
    }

    public MachineMessage next() throws InterruptedException {
        String text = inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("the machine said nothing");
        }
        try {
            return Messages.fromMachine(text);
        } catch (ProtocolException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The next message, which must be of the type; health is answered for and passed over. */
    public <T extends MachineMessage> T next(Class<T> type) throws InterruptedException {
        MachineMessage message = next();
        if (!type.isInstance(message)) {
            throw new AssertionError("not a " + type.getSimpleName() + " but " + message);
        }
        return type.cast(message);
    }

    public boolean hasMessages() {
        return !inbox.isEmpty();
    }

    public void awaitClosed() throws Exception {
        closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Challenge and hello; the machine's proof is checked. */
    public Introduced challenge(TestController controller, BuilderKey key) throws InterruptedException {
        Nonce nonce = Nonce.random(new SecureRandom());
        send(new ControllerMessage.Challenge(Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, nonce));
        MachineMessage.Hello hello = next(MachineMessage.Hello.class);
        Handshake handshake = hello.handshake(nonce, controller.url());
        if (!handshake.isMachineProof(key, hello.proof())) {
            throw new AssertionError("the machine's proof is wrong");
        }
        return new Introduced(hello, handshake);
    }

    /** The whole handshake, with the controller's own proof. */
    public MachineMessage.Hello welcome(TestController controller, BuilderKey key) throws InterruptedException {
        return welcome(controller, key, 30_000);
    }

    public MachineMessage.Hello welcome(TestController controller, BuilderKey key, long silenceMillis)
            throws InterruptedException {
        Introduced introduced = challenge(controller, key);
        send(new ControllerMessage.Welcome(
                Limits.PROTOCOL_VERSION,
                introduced.handshake().controllerProof(key),
                controller.agentJar(),
                silenceMillis));
        return introduced.hello();
    }

    /** A machine that said hello. */
    public record Introduced(MachineMessage.Hello hello, Handshake handshake) {}
}
