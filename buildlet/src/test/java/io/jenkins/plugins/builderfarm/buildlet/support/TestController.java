package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * A controller that does what a test tells it: a real server with {@code /reverse}, {@code /jnlpJars/agent.jar} and
 * {@code /wsagents/}.
 */
public final class TestController implements AutoCloseable {
    public static final String AGENT_PATH = "jnlpJars/agent.jar";
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<TestSession> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<TestAgent> agents = new LinkedBlockingQueue<>();
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private final AtomicInteger agentFetches = new AtomicInteger();
    private final Server server;
    private final String root;
    private volatile byte[] agentJar;
    private volatile byte[] servedJar;

    private TestController(Server server, String root) {
        this.server = server;
        this.root = root;
        WebSocketUpgradeHandler upgrades = WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxTextMessageSize(65_536);
            container.addMapping("/reverse", (request, response, callback) -> {
                TestSession session = new TestSession();
                sessions.add(session);
                return session;
            });
        });
        upgrades.setHandler(new Pages());
        server.setHandler(new Busy(upgrades));
        agentJar = AgentJarFile.bytes();
        servedJar = agentJar;
    }

    public static TestController start() throws Exception {
        return start(0);
    }

    /** @param port where an earlier one was, to come back as the same */
    public static TestController start(int port) throws Exception {
        Server server = new Server(new InetSocketAddress("127.0.0.1", port));
        TestController controller = new TestController(server, "http://127.0.0.1");
        server.start();
        return controller;
    }

    /** @param keyStore PKCS12, with a certificate for "localhost" and the password "changeit" */
    public static TestController startTls(Path keyStore) throws Exception {
        return startTls(keyStore, "localhost");
    }

    /** @param host what it is called, and its certificate made out to */
    public static TestController startTls(Path keyStore, String host) throws Exception {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keyStore.toString());
        tls.setKeyStorePassword("changeit");
        tls.setSniRequired(false);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        Server server = new Server();
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        TestController controller = new TestController(server, "https://" + host);
        server.start();
        return controller;
    }

    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    public ControllerUrl url() {
        return ControllerUrl.parse(root + ":" + port() + "/");
    }

    /** The next machine that dialled. */
    public TestSession session() throws InterruptedException {
        TestSession session = sessions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no machine dialled");
        }
        return session;
    }

    public boolean hasSessions() {
        return !sessions.isEmpty();
    }

    /** The next agent that connected. */
    public TestAgent agent() throws InterruptedException {
        TestAgent agent = agents.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (agent == null) {
            throw new AssertionError("no agent connected");
        }
        return agent;
    }

    /** What a welcome says of the agent. */
    public AgentJar agentJar() {
        return new AgentJar(AGENT_PATH, Sha256.of(agentJar), agentJar.length);
    }

    /** Serves something else than what a welcome says; null: nothing. */
    public void serveAgentJar(byte[] bytes) {
        servedJar = bytes;
    }

    /** A new agent, which welcomes name from now on. */
    public void replaceAgentJar(byte[] bytes) {
        agentJar = bytes;
        servedJar = bytes;
    }

    public int agentFetches() {
        return agentFetches.get();
    }

    /** Answers the next upgrades with 503. */
    public void beBusy(int times) {
        busyAnswers.set(times);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Busy extends Handler.Wrapper {
        Busy(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (Request.getPathInContext(request).equals("/reverse")
                    && busyAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                response.setStatus(503);
                response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
                callback.succeeded();
                return true;
            }
            return super.handle(request, response, callback);
        }
    }

    private final class Pages extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            switch (Request.getPathInContext(request)) {
                case "/" + AGENT_PATH -> {
                    agentFetches.incrementAndGet();
                    if (servedJar == null) {
                        Response.writeError(request, response, callback, 404);
                    } else {
                        response.write(true, ByteBuffer.wrap(servedJar), callback);
                    }
                }
                case "/wsagents/" -> agents.add(new TestAgent(request, response, callback));
                default -> Response.writeError(request, response, callback, 404);
            }
            return true;
        }
    }
}
