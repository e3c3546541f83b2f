package io.jenkins.plugins.builderfarm.stage0;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A plain web server with a farm's releases below {@code /farm/}: ETags or times of change, ranges, and a few faults. */
public final class TestMirror implements AutoCloseable {
    private static final String TIME = "Sun, 01 Nov 2026 00:00:00 GMT";

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private volatile boolean tags = true;
    private volatile boolean times = true;
    private volatile String type = "application/octet-stream";
    private volatile int cutAfter;

    public TestMirror() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private TestMirror(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    public static TestMirror secure(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new TestMirror(server);
    }

    /** What was asked for and how it was answered. */
    public record Answer(String path, Headers request, int status) {
        public String header(String name) {
            return request.getFirst(name);
        }
    }

    public List<Answer> answers() {
        return answers;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/farm/");
    }

    /** Copies what the farm has. */
    public void mirror(TestFarm farm, TestRelease... releases) throws IOException {
        put("buildlet.json", farm.manifestBytes());
        for (TestRelease release : releases) {
            put(release.release().object(), release.jar());
        }
    }

    public void put(String name, byte[] content) {
        files.put("/farm/" + name, content);
    }

    /** What it tells of a file's version from now on. */
    public void tell(boolean etags, boolean timesOfChange) {
        tags = etags;
        times = timesOfChange;
    }

    public void useType(String contentType) {
        type = contentType;
    }

    /** Ends the next answer in its middle, this many bytes into it. */
    public void cutNext(int bytes) {
        cutAfter = bytes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            int status = file == null ? 404 : status(exchange, file);
            answers.add(new Answer(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), status));
            if (file == null || status == 304) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            int from = status == 206 ? from(exchange) : 0;
            exchange.getResponseHeaders().set("Content-Type", type);
            if (status == 206) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
            }
            exchange.sendResponseHeaders(status, file.length - from);
            int cut = cutAfter;
            // The manifest is small: a cut is for a jar.
            if (cut > 0 && cut < file.length - from) {
                cutAfter = 0;
                exchange.getResponseBody().write(file, from, cut);
                exchange.getResponseBody().flush();
                throw new IOException("cut");
            }
            exchange.getResponseBody().write(file, from, file.length - from);
        }
    }

    private int status(HttpExchange exchange, byte[] file) {
        Headers request = exchange.getRequestHeaders();
        String tag = "\"" + Integer.toHexString(Arrays.hashCode(file)) + "\"";
        if (tags) {
            exchange.getResponseHeaders().set("ETag", tag);
        }
        if (times) {
            exchange.getResponseHeaders().set("Last-Modified", TIME);
        }
        if (tags && tag.equals(request.getFirst("If-None-Match"))
                || !tags && times && TIME.equals(request.getFirst("If-Modified-Since"))) {
            return 304;
        }
        String condition = request.getFirst("If-Range");
        boolean same = condition == null || tags && condition.equals(tag) || times && condition.equals(TIME);
        return request.getFirst("Range") != null && same ? 206 : 200;
    }

    private static int from(HttpExchange exchange) {
        return Integer.parseInt(exchange.getRequestHeaders().getFirst("Range").replaceAll("bytes=(\\d+)-", "$1"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
