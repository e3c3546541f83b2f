package io.jenkins.plugins.builderfarm.buildlet.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy on loopback for the Jenkins agent in this JVM, whose WebSocket library can't tell a proxy its password: it asks
 * this one, which asks the real one with the password. It leads to the controller and nowhere else, so a build gains nothing
 * from finding it. Thread-safe.
 */
public final class ProxyRelay implements Closeable {
    private static final int LARGEST_REQUEST = 8_192;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MOST_WAITING = 8;

    private final HttpProxy proxy;
    private final String host;
    private final int port;
    private final ProxySelector before;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ProxyRelay(HttpProxy proxy, String host, int port) throws IOException {
        this.proxy = proxy;
        this.host = host;
        this.port = port;
        this.before = ProxySelector.getDefault();
        this.server = new ServerSocket(0, MOST_WAITING, InetAddress.getLoopbackAddress());
    }

    /** Puts itself between this JVM and the proxy, for connections to the server alone, until it is closed. */
    public static ProxyRelay start(HttpProxy proxy, String host, int port) throws IOException {
        ProxyRelay relay = new ProxyRelay(proxy, host, port);
        daemon(relay::accept);
        ProxySelector.setDefault(relay.selector());
        return relay;
    }

    private ProxySelector selector() {
        Proxy own = new Proxy(Proxy.Type.HTTP, server.getLocalSocketAddress());
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                boolean ours = "https".equals(uri.getScheme()) && host.equalsIgnoreCase(uri.getHost());
                return ours ? List.of(own) : before.select(uri);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException problem) {
                before.connectFailed(uri, address, problem);
            }
        };
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket agent = server.accept();
                open.add(agent);
                daemon(() -> serve(agent));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket agent) {
        Socket upstream = new Socket();
        open.add(upstream);
        try {
            agent.setSoTimeout(TIMEOUT_MILLIS);
            String wanted = "CONNECT " + host + ":" + port + " ";
            if (!request(agent.getInputStream()).startsWith(wanted)) {
                say(agent, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            try {
                proxy.connect(upstream, host, port, TIMEOUT_MILLIS);
            } catch (IOException e) {
                say(agent, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            say(agent, "HTTP/1.1 200 Connection established\r\n\r\n");
            agent.setSoTimeout(0);
            Thread back = daemon(() -> pump(upstream, agent));
            pump(agent, upstream);
            back.join();
        } catch (IOException e) {
            return; // the agent is gone; it says itself what it misses
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(agent);
            end(upstream);
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LARGEST_REQUEST) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void say(Socket agent, String text) throws IOException {
        agent.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        agent.getOutputStream().flush();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            return; // it was to be thrown away
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Cuts what goes through it. */
    @Override
    public void close() {
        ProxySelector.setDefault(before);
        closeQuietly(server);
        open.forEach(ProxyRelay::closeQuietly);
    }
}
