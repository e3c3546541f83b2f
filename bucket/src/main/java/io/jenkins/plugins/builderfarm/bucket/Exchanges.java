package io.jenkins.plugins.builderfarm.bucket;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Between Java's HTTP server and the API: records, injects faults, and sends answers as their delivery says. */
final class Exchanges implements HttpHandler {

    private static final Logger LOGGER = Logger.getLogger(Exchanges.class.getName());

    /** Cloud Storage refuses larger heads too. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    /** A refused body is read to its end, so that the client hears the refusal; but not for ever. */
    private static final long MAX_DRAIN_BYTES = 64L << 20;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

    private final Api api;
    private final Faults faults;
    private final RequestLog log;
    private final String base;

    /** @param base for links, where a client sends no Host */
    Exchanges(Api api, Faults faults, RequestLog log, String base) {
        this.api = api;
        this.faults = faults;
        this.log = log;
        this.base = base;
    }

    @Override
    public void handle(HttpExchange exchange) {
        RequestLog.Entry entry = log.add(exchange);
        try (exchange) {
            InputStream body = new RequestBody(exchange, entry);
            try (Response response = answer(exchange, body, entry)) {
                drain(body);
                send(exchange, response, entry);
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.FINE,
                    e,
                    () -> "Connection lost: " + exchange.getRequestURI().getRawPath());
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.SEVERE, e, () -> "Failed: " + exchange.getRequestURI().getRawPath());
        }
    }

    private Response answer(HttpExchange exchange, InputStream body, RequestLog.Entry entry) throws IOException {
        if (RequestLog.Entry.headBytes(exchange.getRequestHeaders()) > MAX_HEAD_BYTES) {
            return Errors.response(
                    null,
                    new ApiException(431, "invalid", "The request's headers exceed " + MAX_HEAD_BYTES + " bytes"));
        }
        BucketRequest request;
        try {
            request = BucketRequest.of(exchange, body);
        } catch (ApiException e) {
            return Errors.response(null, e);
        } catch (IOException e) {
            return Errors.response(null, ApiException.invalid("The request's body is cut short or not gzip"));
        }
        Fault.Handler real = () -> api.answer(request, linkBase(request));
        var injected = faults.pick(request);
        if (injected.isEmpty()) {
            return real.answer();
        }
        entry.spoilt();
        return injected.get().fault().answer(request, real);
    }

    /** Links name the server as the client did, so that a session works through a proxy or a tunnel too. */
    private String linkBase(BucketRequest request) {
        return request.header("Host")
                .filter(host -> HOST.matcher(host).matches())
                .map(host -> "http://" + host)
                .orElse(base);
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long drained = 0;
        int count = body.read(buffer);
        while (count >= 0 && drained < MAX_DRAIN_BYTES) {
            drained += count;
            count = body.read(buffer);
        }
    }

    private static void send(HttpExchange exchange, Response response, RequestLog.Entry entry) throws IOException {
        Delivery delivery = response.delivery();
        if (!delivery.head()) {
            return;
        }
        boolean head = "HEAD".equals(exchange.getRequestMethod());
        boolean bodiless = head || response.status() == 304 || response.status() == 204;
        long length = bodiless ? 0 : Math.max(0, response.length() + delivery.excess());
        Headers headers = exchange.getResponseHeaders();
        response.headers().forEach(header -> headers.add(header.name(), header.value()));
        if (head) {
            headers.set("Content-Length", Long.toString(response.length() + delivery.excess()));
        }
        entry.answered(response.status(), headers, length, !head && response.status() != 204);
        exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        if (bodiless) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        long position = 0;
        List<Delivery.Obstacle> obstacles = delivery.obstacles().stream()
                .sorted(Comparator.comparingLong(Delivery.Obstacle::afterBytes))
                .toList();
        for (Delivery.Obstacle obstacle : obstacles) {
            position += copy(response.body(), out, Math.min(obstacle.afterBytes(), length) - position, entry);
            out.flush();
            if (obstacle.gate() != null) {
                obstacle.gate().hold();
            } else if (position < length) {
                return;
            }
        }
        copy(response.body(), out, length - position, entry);
        out.flush();
    }

    private static long copy(InputStream in, OutputStream out, long length, RequestLog.Entry entry) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long rest = length;
        while (rest > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
            if (count < 0) {
                break;
            }
            // Counted first: whoever has received a byte finds it in the record.
            entry.sent(count);
            out.write(buffer, 0, count);
            rest -= count;
        }
        return length - Math.max(rest, 0);
    }
}
