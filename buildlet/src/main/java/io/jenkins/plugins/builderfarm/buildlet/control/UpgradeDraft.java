package io.jenkins.plugins.builderfarm.buildlet.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.protocols.Protocol;

/**
 * RFC 6455 with bounds for what a stranger may send, no extensions, and an eye on the answer to the upgrade: the library
 * drops the headers of a 503, but {@code Retry-After} is how a busy controller spreads a crowd out.
 */
final class UpgradeDraft extends Draft_6455 {
    /** Bytes; what Jenkins's WebSockets send at most. */
    private static final int LARGEST_FRAME = 65_536;
    /** Bytes of status line and headers, proxies' included. */
    private static final int LARGEST_ANSWER = 16_384;

    private static final long LONGEST_WAIT_SECONDS = 600;
    private static final Pattern STATUS = Pattern.compile("\\AHTTP/1\\.[01] (\\d{3})\\b");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?im)^Retry-After:[ \\t]*(\\d{1,6})[ \\t]*\\r?$");

    private final BiConsumer<Integer, Optional<Duration>> refusals;

    /** @param refusals told the HTTP status, and how long to wait, of an answer that is no upgrade */
    UpgradeDraft(BiConsumer<Integer, Optional<Duration>> refusals) {
        super(List.of(), List.of(new Protocol("")), LARGEST_FRAME);
        this.refusals = refusals;
    }

    @Override
    public Draft copyInstance() {
        return new UpgradeDraft(refusals);
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer answer) throws InvalidHandshakeException {
        if (answer.remaining() > LARGEST_ANSWER) {
            throw new InvalidHandshakeException("the answer's headers are longer than " + LARGEST_ANSWER + " bytes");
        }
        String text = StandardCharsets.ISO_8859_1.decode(answer.duplicate()).toString();
        Matcher status = STATUS.matcher(text);
        if (status.find() && !status.group(1).equals("101")) {
            refusals.accept(Integer.valueOf(status.group(1)), retryAfter(text));
        }
        return super.translateHandshake(answer);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    private static Optional<Duration> retryAfter(String text) {
        Matcher header = RETRY_AFTER.matcher(text);
        return header.find()
                ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(header.group(1)), LONGEST_WAIT_SECONDS)))
                : Optional.empty();
    }
}
