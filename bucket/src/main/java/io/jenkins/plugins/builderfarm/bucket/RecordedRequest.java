package io.jenkins.plugins.builderfarm.bucket;

import java.util.List;
import java.util.Map;

/**
 * A request that the server got, and how it went.
 *
 * @param method as it travelled: an overridden one is in the headers
 * @param path percent-encoded
 * @param query percent-encoded, empty if there was none
 * @param headers names as Java's HTTP server writes them, {@code If-none-match}; see {@link #header}
 * @param status 0 while there is no answer, or when the connection closed without one
 * @param bytesReceived request line, headers and as much of the body as came; head bytes as HTTP/1.1 writes them
 * @param bytesSent status line, headers and as much of the body as was sent
 * @param faulty whether a {@link Fault} had a hand in it
 */
public record RecordedRequest(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        int status,
        long bytesReceived,
        long bytesSent,
        boolean faulty) {

    /** A header's first value, null if it was not sent; the name's case does not matter. */
    public String header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().get(0))
                .findFirst()
                .orElse(null);
    }

    /** Without headers: one of them may be a credential. */
    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + status + ", " + bytesReceived
                + " bytes in, " + bytesSent + " bytes out" + (faulty ? ", with a fault" : "");
    }
}
