package io.jenkins.plugins.builderfarm.bucket;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** One request as the server understood it; what {@link RequestMatch} and {@link Fault} look at. Used by one thread. */
public final class BucketRequest {

    private final String method;
    private final String path;
    private final Route route;
    private final Map<String, String> query;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    private BucketRequest(
            String method,
            String path,
            Map<String, String> query,
            Map<String, List<String>> headers,
            InputStream body) {
        this.method = method;
        this.path = path;
        this.route = Route.of(path);
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    /** @param body the exchange's, counted; still as it travelled */
    static BucketRequest of(HttpExchange exchange, InputStream body) throws IOException {
        URI uri = exchange.getRequestURI();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String method = exchange.getRequestMethod().toUpperCase(Locale.ROOT);
        String query = uri.getRawQuery();
        InputStream plain = plain(headers, body);
        List<String> override = headers.getOrDefault("X-HTTP-Method-Override", List.of());
        if ("POST".equals(method) && !override.isEmpty()) {
            // Google's HTTP library has no PATCH on Java's own transport, and sends the query of a long GET as a form.
            method = override.get(0).toUpperCase(Locale.ROOT);
            if ("GET".equals(method)) {
                query = new String(plain.readNBytes(Json.MAX_BYTES), StandardCharsets.UTF_8);
            }
        }
        return new BucketRequest(method, path, parseQuery(query), headers, plain);
    }

    /** The method, upper case; the one that {@code X-HTTP-Method-Override} names where a client sent that. */
    public String method() {
        return method;
    }

    /** The path as it came, percent-encoded. */
    public String path() {
        return path;
    }

    /** What the path names. */
    public Route route() {
        return route;
    }

    /** A query parameter's first value, decoded. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** A header's first value; the name's case does not matter. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Whether the bytes of an object are asked for, in any of the API's three forms. */
    public boolean wantsMedia() {
        boolean reading = "GET".equals(method) || "HEAD".equals(method);
        return switch (route.kind()) {
            case PUBLIC -> reading;
            case OBJECT, DOWNLOAD ->
                reading && query("alt").filter("media"::equals).isPresent();
            default -> false;
        };
    }

    /** The body without its transport's compression. */
    InputStream body() {
        return body;
    }

    /** The {@code generation} parameter, null if there is none. */
    Long generation() {
        return query("generation").map(text -> parseNumber("generation", text)).orElse(null);
    }

    static long parseNumber(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("Invalid value for " + name + ": " + value);
        }
    }

    private static InputStream plain(Map<String, List<String>> headers, InputStream body) throws IOException {
        List<String> encoding = headers.getOrDefault("Content-Encoding", List.of());
        if (encoding.isEmpty() || "identity".equalsIgnoreCase(encoding.get(0))) {
            return body;
        }
        if ("gzip".equalsIgnoreCase(encoding.get(0))) {
            return new GZIPInputStream(body);
        }
        throw ApiException.invalid("Unknown Content-Encoding: " + encoding.get(0));
    }

    private static Map<String, String> parseQuery(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.putIfAbsent(Route.decode(name.replace('+', ' ')), Route.decode(value.replace('+', ' ')));
            }
        }
        return query;
    }
}
