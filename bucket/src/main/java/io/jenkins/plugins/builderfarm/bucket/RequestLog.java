package io.jenkins.plugins.builderfarm.bucket;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The latest requests, oldest first; bounded, so that a long {@code make run} does not fill the heap. Thread-safe. */
final class RequestLog {

    /** Requests kept. */
    static final int CAPACITY = 10_000;

    /** Guarded by itself. */
    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Called before the answer, so that a client that has its answer finds its request here. */
    Entry add(HttpExchange exchange) {
        Entry entry = new Entry(exchange);
        synchronized (entries) {
            if (entries.size() == CAPACITY) {
                entries.removeFirst();
            }
            entries.addLast(entry);
        }
        return entry;
    }

    List<RecordedRequest> snapshot() {
        synchronized (entries) {
            return entries.stream().map(Entry::snapshot).toList();
        }
    }

    void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    /** One request that may still be running. */
    static final class Entry {

        private final String method;
        private final String path;
        private final String query;
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private volatile int status;
        private volatile boolean faulty;

        private Entry(HttpExchange exchange) {
            method = exchange.getRequestMethod();
            String rawPath = exchange.getRequestURI().getRawPath();
            String rawQuery = exchange.getRequestURI().getRawQuery();
            path = rawPath == null ? "" : rawPath;
            query = rawQuery == null ? "" : rawQuery;
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
            String line = method + " " + exchange.getRequestURI() + " HTTP/1.1\r\n";
            received.set(utf8(line) + headBytes(exchange.getRequestHeaders()));
        }

        void received(long bytes) {
            received.addAndGet(bytes);
        }

        void sent(long bytes) {
            sent.addAndGet(bytes);
        }

        /** @param lengthHeader whether the server adds a Content-Length of its own */
        void answered(int answer, Headers head, long length, boolean lengthHeader) {
            status = answer;
            long line = "HTTP/1.1 200 OK\r\n".length();
            long date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n".length();
            long contentLength = lengthHeader ? utf8("Content-Length: " + length + "\r\n") : 0;
            sent(line + date + contentLength + headBytes(head));
        }

        void spoilt() {
            faulty = true;
        }

        private RecordedRequest snapshot() {
            return new RecordedRequest(method, path, query, headers, status, received.get(), sent.get(), faulty);
        }

        /** All header lines and the empty one. */
        static long headBytes(Headers headers) {
            long lines = headers.entrySet().stream()
                    .flatMapToLong(header ->
                            header.getValue().stream().mapToLong(value -> utf8(header.getKey()) + 2 + utf8(value) + 2))
                    .sum();
            return lines + 2;
        }

        private static long utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
