package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * A controller as far as the doctor looks: answers HTTP with a date, and WebSockets with a first message. By hand, since
 * Java's own server sets the right date and knows no WebSockets.
 */
public final class TestSite implements Closeable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT_FRAME = 0x81;
    private static final int SHORT_FRAME = 125;

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int status = 200;
    private volatile int upgradeStatus = 101;
    private volatile Duration ahead = Duration.ZERO;
    private volatile String first = new ControllerMessage.Challenge(1, 1, Nonce.of(new byte[Nonce.LENGTH])).encode();
    private volatile String received = "";

    public TestSite() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    public TestSite(ServerSocketFactory factory) throws IOException {
        server = factory.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Answers plain requests so. */
    public TestSite answering(int code) {
        status = code;
        return this;
    }

    /** Answers upgrades so. */
    public TestSite upgrading(int code) {
        upgradeStatus = code;
        return this;
    }

    /** Its clock goes wrong. */
    public TestSite ahead(Duration duration) {
        ahead = duration;
        return this;
    }

    /** What it says first on a WebSocket; empty: nothing. */
    public TestSite opening(String message) {
        first = message;
        return this;
    }

    /** Every request line and header that came. */
    public String received() {
        return received;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                continue; // closed, or a handshake that came to nothing
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "test site");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String key = null;
            boolean asked = false;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                asked = true;
                synchronized (this) {
                    received += line + "\n";
                }
                if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                    key = line.substring(18).strip();
                }
            }
            if (asked) {
                OutputStream out = socket.getOutputStream();
                out.write(key == null ? plain(status) : upgradeStatus == 101 ? upgrade(key) : plain(upgradeStatus));
                out.flush();
                if (key != null && upgradeStatus == 101) {
                    in.read(); // until the other end hangs up
                }
            }
        } catch (IOException e) {
            return; // the doctor hangs up as it likes
        } finally {
            sockets.remove(socket);
        }
    }

    private byte[] plain(int code) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(ahead));
        return ("HTTP/1.1 " + code + " Whatever\r\nDate: " + date
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] upgrade(String key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        byte[] text = first.getBytes(StandardCharsets.UTF_8);
        if (text.length > SHORT_FRAME) {
            throw new IllegalStateException("this server sends short messages only");
        }
        if (text.length > 0) {
            bytes.write(TEXT_FRAME);
            bytes.write(text.length);
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
