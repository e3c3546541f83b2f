package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that has not been sent yet: what the API would say, or what a {@link Fault} made of it. Immutable but for the
 * stream, which is read once.
 */
public final class Response implements Closeable {

    /** One line of the head. */
    public record Header(String name, String value) {}

    private final int status;
    private final List<Header> headers;
    private final InputStream body;
    private final long length;
    private final Delivery delivery;

    private Response(int status, List<Header> headers, InputStream body, long length, Delivery delivery) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.length = length;
        this.delivery = delivery;
    }

    /** An answer without a body. */
    public static Response empty(int status) {
        return of(status, InputStream.nullInputStream(), 0);
    }

    /** An answer with {@code length} bytes of a stream that it closes. */
    static Response of(int status, InputStream body, long length) {
        return new Response(status, List.of(), body, length, Delivery.WHOLE);
    }

    /** An answer with these bytes. */
    public static Response of(int status, String contentType, byte[] body) {
        return of(status, new ByteArrayInputStream(body), body.length).with("Content-Type", contentType);
    }

    static Response json(int status, JsonObject json) {
        return of(status, "application/json; charset=UTF-8", Json.bytes(json));
    }

    static Response html(int status, String html) {
        return of(status, "text/html; charset=UTF-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header; a null value adds nothing. */
    public Response with(String name, String value) {
        if (value == null) {
            return this;
        }
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body, length, delivery);
    }

    /** The same status and headers with other bytes. */
    public Response withBody(byte[] bytes) {
        return new Response(status, headers, new ByteArrayInputStream(bytes), bytes.length, delivery);
    }

    Response with(Delivery changed) {
        return new Response(status, headers, body, length, changed);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The head's lines, in order, but for those that the server adds (Date, Content-Length). */
    public List<Header> headers() {
        return headers;
    }

    /** Bytes in the body. */
    public long length() {
        return length;
    }

    /** Takes the body's bytes out. */
    public byte[] readBody() throws IOException {
        try (body) {
            return body.readAllBytes();
        }
    }

    InputStream body() {
        return body;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Lets go of the body without sending it. */
    @Override
    public void close() throws IOException {
        body.close();
    }
}
