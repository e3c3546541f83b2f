package io.jenkins.plugins.builderfarm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Makes Jenkinses that are processes of their own and come back under the same address. */
public final class RealJenkins {
    private RealJenkins() {}

    /** @param options for its Java, beside those by which it starts soonest: it won't live for long */
    public static RealJenkinsExtension with(String... options) {
        String[] all = Stream.concat(Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), Stream.of(options))
                .toArray(String[]::new);
        return new RealJenkinsExtension().javaOptions(all).withPort(freePort());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
