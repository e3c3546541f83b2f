package io.jenkins.plugins.builderfarm.bucket;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;

/** A request's body, counted; one that ends before its Content-Length is an error, not an end. */
final class RequestBody extends FilterInputStream {

    private final RequestLog.Entry entry;
    private final long announced;
    private long count;

    RequestBody(HttpExchange exchange, RequestLog.Entry entry) {
        super(exchange.getRequestBody());
        this.entry = entry;
        this.announced = announced(exchange.getRequestHeaders().getFirst("Content-Length"));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = receive(bytes, offset, length);
        if (got < 0 && count < announced) {
            throw new EOFException("The body ends after " + count + " of " + announced + " bytes");
        }
        count += Math.max(got, 0);
        entry.received(Math.max(got, 0));
        return got;
    }

    /** A lost connection is the client's doing, unlike a disk that can't be written: the two must be told apart. */
    private int receive(byte[] bytes, int offset, int length) throws EOFException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            EOFException lost = new EOFException("The body breaks off after " + count + " bytes");
            lost.initCause(e);
            throw lost;
        }
    }

    /** The server closes the exchange's stream itself; a decompressor's close must not get in the way of draining. */
    @Override
    public void close() {
        // see above
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private static long announced(String header) {
        try {
            return header == null ? 0 : Long.parseLong(header.trim());
        } catch (NumberFormatException e) {
            // Java's server has refused those already.
            return 0;
        }
    }
}
