package io.jenkins.plugins.builderfarm.buildlet.control;

import io.jenkins.plugins.builderfarm.buildlet.loop.Loop;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection to the controller, from dialling to its end. Nothing that comes in is believed before the controller
 * has proved that it holds the builder key. Lives on the loop.
 */
final class Link {
    /** From dialling to the welcome. */
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

    /** Messages that may wait to be read; a controller sends one in ten seconds. */
    private static final int MOST_WAITING = 64;
    /** Whatever the controller says, a machine bears this much silence. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);

    /** Called on the loop; nothing is called after {@code refused} or {@code ended}. */
    interface Listener {
        void welcomed(ControllerMessage.Welcome welcome);

        void received(ControllerMessage message);

        void refused(Duration retry);

        void ended(String reason, Optional<Duration> retryAfter);
    }

    private enum State {
        CHALLENGE,
        WELCOME,
        UP,
        ENDED
    }

    private final Loop loop;
    private final Introduction introduction;
    private final Optional<LeaseId> heldLease;
    private final Listener listener;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Connection connection;
    private State state = State.CHALLENGE;
    private Introduction.Greeting greeting;
    private Duration silence;
    private Loop.Timer deadline;

    Link(Loop loop, Dialer dialer, Introduction introduction, Optional<LeaseId> heldLease, Listener listener) {
        this.loop = loop;
        this.introduction = introduction;
        this.heldLease = heldLease;
        this.listener = listener;
        deadline = loop.after(
                HANDSHAKE_TIMEOUT, () -> fail("no handshake within " + HANDSHAKE_TIMEOUT.toSeconds() + " s"));
        connection = dialer.dial(introduction.controller().reverse(), new Inbox());
    }

    boolean isUp() {
        return state == State.UP;
    }

    /** Does nothing unless the link is up. */
    void send(MachineMessage message) {
        if (isUp()) {
            connection.send(message.encode());
        }
    }

    /** Closes it properly; {@code ended} follows, at once if there is nobody to say good-bye to. */
    void close(Duration patience) {
        deadline.cancel();
        if (isUp()) {
            connection.close();
            deadline = loop.after(patience, () -> fail("closed"));
        } else {
            fail("closed");
        }
    }

    private void handle(String text) {
        if (state == State.ENDED) {
            return;
        }
        try {
            ControllerMessage message = Messages.fromController(text);
            switch (state) {
                case CHALLENGE -> challenged(message);
                case WELCOME -> answered(message);
                default -> {
                    expectMore();
                    listener.received(message);
                }
            }
        } catch (ProtocolException e) {
            fail("it sent what can't be understood: " + e.getMessage());
        }
    }

    private void challenged(ControllerMessage message) {
        if (!(message instanceof ControllerMessage.Challenge challenge)) {
            fail("it began with '" + message.type() + "' instead of a challenge");
            return;
        }
        if (challenge.oldest() > Limits.PROTOCOL_VERSION || challenge.newest() < Limits.PROTOCOL_VERSION) {
            fail("it speaks versions " + challenge.oldest() + " to " + challenge.newest()
                    + " of the protocol and this buildlet only " + Limits.PROTOCOL_VERSION);
            return;
        }
        greeting = introduction.greet(challenge, heldLease);
        state = State.WELCOME;
        connection.send(greeting.hello().encode());
    }

    private void answered(ControllerMessage message) {
        if (message instanceof ControllerMessage.Refused refused) {
            end();
            listener.refused(Duration.ofMillis(refused.retryMillis()));
        } else if (!(message instanceof ControllerMessage.Welcome welcome)) {
            fail("it answered '" + message.type() + "' instead of a welcome");
        } else if (!introduction.isProved(greeting, welcome)) {
            fail("it did not prove that it holds the builder key: wrong controller, or a wrong key");
        } else if (welcome.version() != Limits.PROTOCOL_VERSION) {
            fail("it chose version " + welcome.version() + " of the protocol, which was not offered");
        } else {
            state = State.UP;
            Duration asked = Duration.ofMillis(welcome.silenceMillis());
            silence = asked.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : asked;
            expectMore();
            listener.welcomed(welcome);
        }
    }

    private void expectMore() {
        deadline.cancel();
        deadline = loop.after(silence, () -> fail("nothing heard for " + silence.toMillis() + " ms"));
    }

    private void fail(String reason) {
        ended(reason, Optional.empty());
    }

    private void ended(String reason, Optional<Duration> retryAfter) {
        if (state != State.ENDED) {
            end();
            listener.ended(reason, retryAfter);
        }
    }

    private void end() {
        state = State.ENDED;
        deadline.cancel();
        connection.abort();
    }

    /** Brings what the connection's thread says to the loop. */
    private final class Inbox implements Receiver {
        @Override
        public void received(String text) {
            if (waiting.incrementAndGet() > MOST_WAITING) {
                loop.execute(() -> fail("it sends more than can be read"));
                return;
            }
            loop.execute(() -> {
                waiting.decrementAndGet();
                handle(text);
            });
        }

        @Override
        public void closed(String reason, Optional<Duration> retryAfter) {
            loop.execute(() -> ended(reason, retryAfter));
        }
    }
}
