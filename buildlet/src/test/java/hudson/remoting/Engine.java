package hudson.remoting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Connects to {@code /wsagents/} as Jenkins's does, but over plain HTTP: each line of the answer is a shell command that
 * it runs, and the end of the answer is the end of the connection. Connects once, as {@code setNoReconnect} has it.
 */
public class Engine extends Thread {
    private final EngineListener listener;
    private final URL url;
    private final String secret;
    private final String name;
    private String cookie;
    private volatile String protocolName;

    public Engine(EngineListener listener, List<URL> urls, String secret, String name) {
        this.listener = listener;
        this.url = urls.get(0);
        this.secret = secret;
        this.name = name;
    }

    public void setWebSocket(boolean webSocket) {
        check(webSocket);
    }

    public void setWebSocketHeaders(Map<String, String> headers) {
        cookie = headers.get("Connection-Cookie");
    }

    public void setNoReconnect(boolean noReconnect) {
        check(noReconnect);
    }

    public void setNoReconnectAfter(Duration duration) {
        check(!duration.isZero());
    }

    public void setJarCache(JarCache cache) {
        check(((FileSystemJarCache) cache).root.isDirectory());
    }

    private static void check(boolean condition) {
        if (!condition) {
            throw new IllegalStateException();
        }
    }

    public String getProtocolName() {
        return protocolName;
    }

    public void startEngine() {
        start();
    }

    @Override
    public void run() {
        // The real one looks for its WebSocket library there.
        check(getContextClassLoader() == getClass().getClassLoader());
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) new URL(url, "wsagents/").openConnection();
            connection.setRequestProperty("Node-Name", name);
            connection.setRequestProperty("Secret-Key", secret);
            connection.setRequestProperty("Connection-Cookie", cookie);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            protocolName = "WebSocket";
            listener.status("Connected");
            serve(in);
            listener.status("Terminated");
        } catch (IOException e) {
            listener.status("Failed to connect", e);
        } catch (InterruptedException e) {
            listener.error(e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
            listener.completed();
        }
    }

    private void serve(BufferedReader in) throws IOException, InterruptedException {
        String line;
        while ((line = readLine(in)) != null) {
            if (!line.isEmpty()) {
                ProcessBuilder build = new ProcessBuilder("sh", "-c", line).inheritIO();
                build.environment().put("NODE_NAME", name);
                listener.status("exit code " + build.start().waitFor());
            }
        }
    }

    private static String readLine(BufferedReader in) throws IOException, InterruptedException {
        while (!in.ready()) {
            Thread.sleep(20); // so that an interrupt gets through, as it does with Jenkins's
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        String line = in.readLine();
        return "bye".equals(line) ? null : line;
    }
}
