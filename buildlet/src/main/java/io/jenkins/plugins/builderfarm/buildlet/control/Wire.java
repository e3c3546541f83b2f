package io.jenkins.plugins.builderfarm.buildlet.control;

import io.jenkins.plugins.builderfarm.buildlet.proxy.HttpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The socket below a WebSocket. Made here and not by the library, which begins to speak TLS on two threads at once and
 * then loses the reason when a certificate is refused. Thread-safe.
 */
final class Wire {
    private static final int WS_PORT = 80;
    private static final int WSS_PORT = 443;

    private Socket socket;
    private boolean closed;

    /**
     * Connects, by way of Java's proxy if it has one for TLS, with TLS for {@code wss}: the certificate must be one that the JVM trusts, for the address's host.
     *
     * @param timeout for the connection, and again for the TLS handshake
     */
    Socket open(URI address, Duration timeout) throws IOException {
        boolean secure = "wss".equals(address.getScheme());
        int standard = secure ? WSS_PORT : WS_PORT;
        int port = address.getPort() < 0 ? standard : address.getPort();
        Socket plain = keep(new Socket());
        Optional<HttpProxy> proxy = secure ? HttpProxy.before(address.getHost(), port) : Optional.empty();
        if (proxy.isPresent()) {
            // Whether there is such a host is for the proxy to find out.
            proxy.get().connect(plain, address.getHost(), port, (int) timeout.toMillis());
        } else {
            connect(plain, new InetSocketAddress(address.getHost(), port), timeout);
        }
        if (!secure) {
            return plain;
        }
        plain.setSoTimeout((int) timeout.toMillis());
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket tls = (SSLSocket) keep(factory.createSocket(plain, address.getHost(), port, true));
        // Not the default: without it any certificate of anyone would do.
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        tls.setSoTimeout(0);
        return tls;
    }

    private static void connect(Socket socket, InetSocketAddress peer, Duration timeout) throws IOException {
        if (peer.isUnresolved()) {
            throw new UnknownHostException(peer.getHostString());
        }
        socket.connect(peer, (int) timeout.toMillis());
    }

    private synchronized Socket keep(Socket made) throws IOException {
        if (closed) {
            made.close();
            throw new IOException("closed");
        }
        socket = made;
        return made;
    }

    /** At any time, from any thread; what is under way fails. */
    void close() {
        Socket open;
        synchronized (this) {
            closed = true;
            open = socket;
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                return; // it was to be thrown away
            }
        }
    }
}
