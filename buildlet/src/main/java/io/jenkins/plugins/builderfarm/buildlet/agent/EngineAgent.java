package io.jenkins.plugins.builderfarm.buildlet.agent;

import io.jenkins.plugins.builderfarm.buildlet.control.Backoff;
import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a controller's agent.jar for one lease: one engine after the other, with back-off, until it is stopped. A
 * controller that restarts is thus found again, and a build that Jenkins can resume goes on.
 */
public final class EngineAgent implements RunningAgent {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration STOPPING = Duration.ofSeconds(10);
    private static final int COOKIE_BYTES = 32;
    private static final int MOST_SAID = 100;

    private final URLClassLoader loader;
    private final Engine.Identity identity;
    private final Path jarCache;
    private final Backoff backoff;
    private final Log log;
    private final AgentListener listener;
    private final Thread thread;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private EngineAgent(
            URLClassLoader loader,
            Engine.Identity identity,
            Path jarCache,
            Backoff backoff,
            Log log,
            AgentListener listener) {
        this.loader = loader;
        this.identity = identity;
        this.jarCache = jarCache;
        this.backoff = backoff;
        this.log = log;
        this.listener = listener;
        thread = new Thread(this::run, "agent of " + identity.name());
        thread.setDaemon(true);
    }

    /**
     * Starts the agent and returns.
     *
     * @param jarCache where the agent keeps jars of Jenkins; of use to later leases
     * @throws IOException if the jar is no agent
     */
    public static RunningAgent start(
            Path jar,
            ControllerUrl controller,
            LeaseId lease,
            String secret,
            Path jarCache,
            SecureRandom random,
            Log log,
            AgentListener listener)
            throws IOException {
        byte[] cookie = new byte[COOKIE_BYTES];
        random.nextBytes(cookie);
        Engine.Identity identity = new Engine.Identity(
                controller.uri().toURL(), lease.value(), secret, HexFormat.of().formatHex(cookie));
        Files.createDirectories(jarCache);
        AgentLogs.forwardTo(log);
        URLClassLoader loader = Engine.load(jar);
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        EngineAgent agent = new EngineAgent(loader, identity, jarCache, backoff, log, listener);
        try {
            Engine.create(loader, identity, jarCache, line -> {}); // fails here, if at all, and not on the thread
        } catch (ReflectiveOperationException e) {
            loader.close();
            throw new IOException(jar + " is not an agent that this buildlet can run: " + Reasons.of(e), e);
        }
        agent.thread.start();
        return agent;
    }

    private void run() {
        while (!stopped) {
            try {
                runOnce();
                if (!stopped) {
                    Thread.sleep(backoff.next().toMillis());
                }
            } catch (InterruptedException e) {
                return; // stop() ends us
            } catch (ReflectiveOperationException e) {
                log.line("the agent can't be run: " + Reasons.of(e));
                return;
            }
        }
    }

    private void runOnce() throws ReflectiveOperationException, InterruptedException {
        AtomicBoolean connected = new AtomicBoolean();
        Engine[] engine = new Engine[1];
        engine[0] = Engine.create(loader, identity, jarCache, line -> {
            say(line);
            if (isConnected(engine[0]) && connected.compareAndSet(false, true)) {
                backoff.reset();
                said.clear();
                listener.connected();
            }
        });
        Thread running = engine[0].start();
        try {
            running.join();
        } catch (InterruptedException e) {
            end(running);
            throw e;
        } finally {
            if (connected.get()) {
                listener.disconnected();
            }
        }
    }

    /** While it tries again and again, each thing is said once. */
    private void say(String line) {
        if (!stopped && said.size() < MOST_SAID && said.add(line)) {
            log.line("agent: " + line);
        }
    }

    private static boolean isConnected(Engine engine) {
        try {
            return engine != null && engine.isConnected();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the agent's engine changed its ways", e);
        }
    }

    /** An engine that is interrupted closes its connection and ends; in mid-dial it may take a second call. */
    private static void end(Thread engine) {
        long deadline = System.nanoTime() + STOPPING.toNanos();
        try {
            while (engine.isAlive() && System.nanoTime() < deadline) {
                engine.interrupt();
                engine.join(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopped = true;
        try {
            thread.interrupt();
            thread.join(STOPPING.plusSeconds(2).toMillis());
            loader.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.line("the agent's class loader: " + Reasons.of(e));
        }
    }
}
