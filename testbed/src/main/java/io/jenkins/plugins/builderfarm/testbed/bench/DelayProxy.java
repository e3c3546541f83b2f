package io.jenkins.plugins.builderfarm.testbed.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on loopback that holds every byte back for half a round trip, in each direction, without limiting how many
 * are under way: a long line, not a thin one.
 */
public final class DelayProxy implements AutoCloseable {
    private static final int BUFFER = 65_536;
    private static final Piece END = new Piece(new byte[0], 0);

    private final ServerSocket server;
    private final int targetPort;
    private final long delayNanos;

    private record Piece(byte[] bytes, long due) {}

    private DelayProxy(ServerSocket server, int targetPort, long delayNanos) {
        this.server = server;
        this.targetPort = targetPort;
        this.delayNanos = delayNanos;
    }

    /** @param targetPort on loopback too */
    public static DelayProxy start(int targetPort, Duration roundTrip) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DelayProxy proxy = new DelayProxy(server, targetPort, roundTrip.toNanos() / 2);
        daemon("proxy", proxy::acceptAll);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                client.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
                carry(client, target);
                carry(target, client);
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                System.err.println("proxy: " + e);
            }
        }
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
        daemon("proxy-in", () -> read(from, underWay));
        daemon("proxy-out", () -> write(underWay, to));
    }

    private void read(Socket from, BlockingQueue<Piece> underWay) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                underWay.add(new Piece(Arrays.copyOf(buffer, count), System.nanoTime() + delayNanos));
            }
        } catch (IOException e) {
            close(from); // the other direction ends by it too
        }
        underWay.add(END);
    }

    private static void write(BlockingQueue<Piece> underWay, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = underWay.take(); piece != END; piece = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.due - System.nanoTime());
                out.write(piece.bytes);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("proxy: " + e);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
