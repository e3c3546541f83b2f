package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong with a request. Faults compose: {@code serveBytes(x).and(closeAfter(10))} first swaps the
 * bytes, then cuts them off. Some never reach the bucket ({@link #status}, {@link #htmlPage}, {@link #dropConnection}); the
 * others let the request have its effect and spoil the answer.
 */
@FunctionalInterface
public interface Fault {

    /** What the server would have done. */
    @FunctionalInterface
    interface Handler {
        /** Carries the request out; refusals come back as answers, not exceptions. */
        Response answer() throws IOException;
    }

    /** Answers in the place of {@code real}, with its help or without. Called by many threads at once. */
    Response answer(BucketRequest request, Handler real) throws IOException;

    /** This fault first, then the other one on what came of it. */
    default Fault and(Fault other) {
        return (request, real) -> other.answer(request, () -> answer(request, real));
    }

    /** Answers with this status and Google's kind of error body; the bucket never hears of the request. */
    static Fault status(int status) {
        return (request, real) ->
                Errors.response(request, new ApiException(status, Errors.reason(status), "Injected fault: " + status));
    }

    /** The same, asking the client to come back after some seconds. */
    static Fault status(int status, int retryAfterSeconds) {
        return status(status)
                .and((request, real) -> real.answer().with("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    /** A page for people with status 200, as captive portals and misconfigured proxies send. */
    static Fault htmlPage() {
        return (request, real) -> Response.html(
                200,
                "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n");
    }

    /** Closes the connection without an answer; the bucket never hears of the request. */
    static Fault dropConnection() {
        return (request, real) -> Response.empty(503).with(Delivery.WHOLE.silent());
    }

    /** Carries the request out, then closes the connection without an answer. */
    static Fault loseAnswer() {
        return (request, real) -> {
            Response answer = real.answer();
            return answer.with(answer.delivery().silent());
        };
    }

    /**
     * Sends the head and the first bytes of the body, then closes the connection. A body that is not longer goes out whole.
     *
     * @param bytes of the body that still get through
     */
    static Fault closeAfter(long bytes) {
        return obstacle(new Delivery.Obstacle(bytes, null));
    }

    /** Promises {@code bytes} more in Content-Length than it sends, and closes the connection after what there is. */
    static Fault promiseMore(long bytes) {
        return (request, real) -> {
            Response answer = real.answer();
            return answer.with(answer.delivery().promising(bytes));
        };
    }

    /** Promises {@code bytes} fewer in Content-Length than the object has: the answer looks whole and is not. */
    static Fault promiseLess(long bytes) {
        return promiseMore(-bytes);
    }

    /** Sends these bytes under the headers of the real answer, where that has a body and is a success. */
    static Fault serveBytes(byte[] bytes) {
        byte[] copy = bytes.clone();
        return replacing(real -> copy);
    }

    /** Sends this text under the headers of the real answer. */
    static Fault serveText(String text) {
        return serveBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Flips one bit in the middle of the body: length and headers stay right. */
    static Fault flipBit() {
        return replacing(real -> {
            if (real.length > 0) {
                real[real.length / 2] ^= 1;
            }
            return real;
        });
    }

    /** Holds the request back before it has any effect, until the test releases it. */
    static Hang hang() {
        return new Hang(-1);
    }

    /** Holds the answer back once so many bytes of its body are out. */
    static Hang hangAfter(long bytes) {
        return new Hang(bytes);
    }

    private static Fault replacing(UnaryOperator<byte[]> change) {
        return (request, real) -> {
            Response answer = real.answer();
            return answer.status() / 100 == 2 && answer.length() > 0
                    ? answer.withBody(change.apply(answer.readBody()))
                    : answer;
        };
    }

    private static Fault obstacle(Delivery.Obstacle obstacle) {
        return (request, real) -> {
            Response answer = real.answer();
            return answer.with(answer.delivery().obstructedBy(obstacle));
        };
    }
}
