package hudson.remoting;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** An agent that says it is connected, and works until it is interrupted. */
public final class Engine extends Thread {
    private final EngineListener listener;
    private final String name;
    private volatile String protocol;

    public Engine(EngineListener listener, List<URL> urls, String secret, String name) {
        this.listener = listener;
        this.name = name;
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
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            listener.status("Terminated");
        }
    }
}
