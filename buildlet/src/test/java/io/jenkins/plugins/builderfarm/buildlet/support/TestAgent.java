package io.jenkins.plugins.builderfarm.buildlet.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The controller's end of an agent that connected. */
public final class TestAgent {
    private final Response response;
    private final Callback callback;
    public final String name;
    public final String secret;
    public final String cookie;

    TestAgent(Request request, Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
        name = request.getHeaders().get("Node-Name");
        secret = request.getHeaders().get("Secret-Key");
        cookie = request.getHeaders().get("Connection-Cookie");
        run("true");
    }

    /** Has the agent run a shell command. */
    public void run(String command) {
        response.write(false, ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
    }

    /** Ends the connection. */
    public void disconnect() {
        response.write(true, ByteBuffer.wrap("bye\n".getBytes(StandardCharsets.UTF_8)), callback);
    }
}
