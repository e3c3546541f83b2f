package io.jenkins.plugins.builderfarm.bucket.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small HTTP proxy that wants a password and then connects, whatever host it is asked for, to one server or the host's
 * own: the names of the tests are known to it alone, so nobody gets anywhere without it. Thread-safe.
 */
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final String authorization;
    private final Map<String, Integer> routes = new ConcurrentHashMap<>();
    private final List<String> connects = new CopyOnWriteArrayList<>();

    /**
     * Listens on a free port of loopback.
     *
     * @param target the port of the server that most hosts are
     */
    public ConnectProxy(int target, String user, String password) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connects this host to another server than the rest. */
    public void route(String host, int port) {
        routes.put(host, port);
    }

    /** What it was asked for, with what it answered: {@code CONNECT farm.example:443 200}. */
    public List<String> connects() {
        return List.copyOf(connects);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket()) {
            String request = head(client.getInputStream());
            boolean known =
                    request.lines().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + authorization));
            String asked = request.lines().findFirst().orElse("").replace(" HTTP/1.1", "");
            connects.add(asked + (known ? " 200" : " 407"));
            OutputStream out = client.getOutputStream();
            if (!known) {
                say(
                        out,
                        "HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Basic realm=\"farm\"\r\nContent-Length: 0\r\n"
                                + "Connection: close\r\n\r\n");
                return;
            }
            String host = asked.replaceFirst("CONNECT (.*):\\d+", "$1");
            upstream.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), routes.getOrDefault(host, target)));
            say(out, "HTTP/1.1 200 Connected\r\n\r\n");
            Thread back = daemon(() -> pump(upstream, client));
            pump(client, upstream);
            back.join();
        } catch (IOException e) {
            // The other end is gone, as at the end of every test.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request ended");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // As above.
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
