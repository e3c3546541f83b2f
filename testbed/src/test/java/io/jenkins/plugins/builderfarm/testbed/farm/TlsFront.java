package io.jenkins.plugins.builderfarm.testbed.farm;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** What stands before many a controller: ends TLS, passes everything on, and sometimes does neither. Thread-safe. */
final class TlsFront implements AutoCloseable {
    private static final String BAD_GATEWAY = "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n"
            + "Connection: close\r\n\r\n<html><body>Bad gateway</body></html>\r\n";

    /** How it behaves. */
    enum Mood {
        WELL,
        BAD_GATEWAY,
        WRONG_CERTIFICATE
    }

    private final ServerSocket server;
    private final int controllerPort;
    private final SSLSocketFactory right;
    private final SSLSocketFactory wrong;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mood mood = Mood.WELL;

    private TlsFront(int controllerPort, SSLSocketFactory right, SSLSocketFactory wrong) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.controllerPort = controllerPort;
        this.right = right;
        this.wrong = wrong;
    }

    /** @param wrong shown while the mood is so */
    static TlsFront start(int controllerPort, Certificate right, Certificate wrong) throws Exception {
        TlsFront front = new TlsFront(controllerPort, right.server(), wrong.server());
        daemon(front::acceptAll);
        return front;
    }

    ControllerUrl url() {
        return ControllerUrl.parse("https://127.0.0.1:" + server.getLocalPort() + "/");
    }

    /** Behaves otherwise from now on; what was connected is cut off. */
    void become(Mood newMood) {
        mood = newMood;
        open.forEach(TlsFront::close);
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = server.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            open.forEach(TlsFront::close); // closed
        }
    }

    private void serve(Socket client) {
        open.add(client);
        Mood now = mood;
        try {
            SSLSocketFactory certificate = now == Mood.WRONG_CERTIFICATE ? wrong : right;
            SSLSocket tls = (SSLSocket) certificate.createSocket(client, null, client.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            if (now == Mood.BAD_GATEWAY) {
                readHead(tls.getInputStream());
                tls.getOutputStream().write(BAD_GATEWAY.getBytes(StandardCharsets.US_ASCII));
                tls.close();
            } else {
                passOn(tls);
            }
        } catch (IOException e) {
            close(client); // the machine has turned away, or it is cut off: what a mood is for
        } finally {
            open.remove(client);
        }
    }

    private static void readHead(InputStream in) throws IOException {
        BufferedInputStream head = new BufferedInputStream(in);
        int ends = 0;
        for (int c = head.read(); c >= 0 && ends < 2; c = ends < 2 ? head.read() : c) {
            ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
        }
    }

    private void passOn(SSLSocket machine) throws IOException {
        try (Socket controller = new Socket(InetAddress.getLoopbackAddress(), controllerPort)) {
            open.add(controller);
            daemon(() -> {
                carry(controller, machine);
                close(machine);
            });
            carry(machine, controller);
            open.remove(controller);
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            close(to); // so that the other direction ends too
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("front: " + e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(TlsFront::close);
    }
}
