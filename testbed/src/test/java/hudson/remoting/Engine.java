package hudson.remoting;

import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * An agent that says it is connected, and works until it is interrupted. A secret {@code build: COMMAND} is a build, which
 * runs as Jenkins's do: as a child process with the node's name in its environment.
 */
public final class Engine extends Thread {
    private static final String BUILD = "build: ";

    private final EngineListener listener;
    private final String name;
    private final String secret;
    private volatile String protocol;

    public Engine(EngineListener listener, List<URL> urls, String secret, String name) {
        this.listener = listener;
        this.name = name;
        this.secret = secret;
    }

    public void setWebSocket(boolean webSocket) {}

    public void setWebSocketHeaders(Map<String, String> headers) {}

    public void setNoReconnect(boolean noReconnect) {}

    public void setNoReconnectAfter(Duration after) {}

    public void setJarCache(JarCache cache) {}

    public String getProtocolName() {
        return protocol;
    }

    public void startEngine() {
        setDaemon(true);
        start();
    }

    @Override
    public void run() {
        protocol = "stand-in";
        listener.status("Connected as " + name);
        try {
            if (secret.startsWith(BUILD)) {
                listener.status("The build ended with exit code " + build());
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            listener.status("Terminated");
        } catch (IOException e) {
            listener.status("The build can't be started: " + e.getMessage());
        }
    }

    private int build() throws IOException, InterruptedException {
        ProcessBuilder build = new ProcessBuilder("sh", "-c", secret.substring(BUILD.length())).inheritIO();
        build.environment().put("NODE_NAME", name);
        return build.start().waitFor();
    }
}
