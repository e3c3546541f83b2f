package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * A coordinator that machines can dial, without a Jenkins: {@code /reverse}, the agent program if there is one, and the
 * pool as JSON. Leases are made by whoever holds {@link #coordinator}. Thread-safe.
 */
public final class LoopbackController implements AutoCloseable {
    /** Where the pool is as JSON, the same as in Jenkins. */
    public static final String POOL = "builders/pools/api/json";

    private static final String AGENT = "jnlpJars/agent.jar";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "tick"));
    private final RecordedEvents events = new RecordedEvents();
    private final Coordinator coordinator;

    private LoopbackController(LoopbackSetup setup, byte[] agent) {
        AgentJar agentJar = new AgentJar(AGENT, Sha256.of(agent), Math.max(agent.length, 1));
        coordinator = new Coordinator(
                new Ports(
                        setup.masterKey(),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        events,
                        setup.history(),
                        setup.releases(),
                        () -> agentJar),
                setup.timings(),
                setup.bounds());
        PathMappingsHandler paths = new PathMappingsHandler();
        paths.addMapping(PathSpec.from("/reverse"), new ReverseHandler(server, coordinator));
        paths.addMapping(PathSpec.from("/" + POOL), new PoolHandler(coordinator));
        if (setup.agentJar().isPresent()) {
            paths.addMapping(PathSpec.from("/" + AGENT), new AgentHandler(agent));
        }
        server.setHandler(paths);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(setup.port());
        server.addConnector(connector);
    }

    /**
     * Listens from now on; without an agent program in the setup, machines find nothing where they look for it.
     *
     * @throws Exception if the port is taken or the agent program can't be read
     */
    public static LoopbackController start(LoopbackSetup setup) throws Exception {
        byte[] agent = setup.agentJar().isPresent()
                ? Files.readAllBytes(setup.agentJar().get())
                : new byte[0];
        LoopbackController controller = new LoopbackController(setup, agent);
        controller.server.start();
        controller.configure(setup.hostTypes());
        controller.ticker.scheduleWithFixedDelay(controller.coordinator::tick, 1, 1, TimeUnit.SECONDS);
        return controller;
    }

    /** Replaces the host types. */
    public void configure(Collection<HostTypeSettings> hostTypes) {
        coordinator.configure(FarmSettings.of(hostTypes, Set.of(url())));
    }

    /** What machines dial. */
    public ControllerUrl url() {
        return ControllerUrl.parse("http://" + connector.getHost() + ":" + port() + "/");
    }

    public int port() {
        return connector.getLocalPort();
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public RecordedEvents events() {
        return events;
    }

    /** Machines are cut off; what they were leased for, they go on with. */
    @Override
    public void close() {
        ticker.shutdownNow();
        coordinator.close();
        LifeCycle.stop(server);
    }
}
