package io.jenkins.plugins.builderfarm.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DelayProxyTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(100);

    @Test
    void shouldCarryEveryByteBothWaysAndTheEndToo() throws Exception {
        byte[] question = bytes(300_000);
        byte[] answer = bytes(200_000);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayProxy proxy = DelayProxy.start(server.getLocalPort(), ROUND_TRIP);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.getOutputStream().write(question);
            client.shutdownOutput();
            try (Socket served = server.accept()) {
                assertThat(served.getInputStream().readAllBytes()).isEqualTo(question);
                served.getOutputStream().write(answer);
            }
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(answer);
        }
    }

    /** A lower bound only: a slow computer can't break it. */
    @Test
    void shouldTakeAtLeastTheRoundTrip() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayProxy proxy = DelayProxy.start(server.getLocalPort(), ROUND_TRIP);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket served = server.accept()) {
            long begin = System.nanoTime();
            client.getOutputStream().write(1);
            served.getOutputStream().write(served.getInputStream().read());
            assertThat(client.getInputStream().read()).isEqualTo(1);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(ROUND_TRIP.toNanos());
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
