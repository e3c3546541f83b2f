package io.jenkins.plugins.builderfarm.buildlet.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP proxy that this Java was told of, by {@code https.proxyHost} and its kin, for what is no HTTP: WebSockets. Its
 * password is what Java's own {@link Authenticator} knows of it.
 *
 * @param authorization the value of {@code Proxy-Authorization}; a secret
 */
public record HttpProxy(InetSocketAddress address, Optional<String> authorization) {
    /** Bytes of the answer's status line and headers. */
    private static final int LARGEST_ANSWER = 16_384;

    private static final Pattern STATUS = Pattern.compile("\\AHTTP/1\\.[01] (\\d{3})\\b");
    private static final int OK = 200;
    private static final int UNKNOWN = 407;

    /** The proxy that stands before a server; empty if it is reached directly. */
    public static Optional<HttpProxy> before(String host, int port) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return Optional.empty();
        }
        URI server = URI.create("https://" + host + ":" + port + "/");
        return selector.select(server).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(Proxy::address)
                .map(InetSocketAddress.class::cast)
                .findFirst()
                .map(address -> new HttpProxy(address, authorization(address, server)));
    }

    private static Optional<String> authorization(InetSocketAddress address, URI server) {
        try {
            InetAddress numbers = address.getAddress();
            PasswordAuthentication login = Authenticator.requestPasswordAuthentication(
                    address.getHostString(),
                    numbers,
                    address.getPort(),
                    "http",
                    "",
                    "basic",
                    server.toURL(),
                    Authenticator.RequestorType.PROXY);
            if (login == null) {
                return Optional.empty();
            }
            String both = login.getUserName() + ":" + new String(login.getPassword());
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every Java knows https", e);
        }
    }

    /**
     * Connects a new socket to a server by way of the proxy. The socket is the caller's to close, whatever happens.
     *
     * @param timeoutMillis for the connection, and again for the proxy to say anything
     * @throws IOException if the proxy can't be reached, or doesn't connect; the message names it
     */
    public void connect(Socket socket, String host, int port, int timeoutMillis) throws IOException {
        // A selector's addresses mostly aren't resolved.
        InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
        if (resolved.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        socket.connect(resolved, timeoutMillis);
        socket.setSoTimeout(timeoutMillis);
        String server = host + ":" + port;
        String request = "CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\n"
                + authorization
                        .map(value -> "Proxy-Authorization: " + value + "\r\n")
                        .orElse("")
                + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        int status = status(socket.getInputStream());
        if (status != OK) {
            throw new IOException(this + (status == UNKNOWN ? " wants another password, or any" : " does not connect")
                    + " (HTTP " + status + ")");
        }
        socket.setSoTimeout(0);
    }

    /** Byte by byte: what follows the empty line is the server's already. */
    private int status(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LARGEST_ANSWER) {
                throw new IOException(this + (next < 0 ? " closed the connection" : " says too much"));
            }
            head.append((char) next);
        }
        Matcher status = STATUS.matcher(head);
        if (!status.find()) {
            throw new IOException(this + " does not speak HTTP");
        }
        return Integer.parseInt(status.group(1));
    }

    /** For people; without the password. */
    @Override
    public String toString() {
        return "the proxy " + address.getHostString() + ":" + address.getPort();
    }
}
