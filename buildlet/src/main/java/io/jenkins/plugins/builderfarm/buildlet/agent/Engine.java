package io.jenkins.plugins.builderfarm.buildlet.agent;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code hudson.remoting.Engine} of an agent.jar, by reflection: the jar is the controller's and comes at run time. It
 * runs in a class loader of its own, so that its libraries and the buildlet's never meet.
 */
final class Engine {
    /** With it the controller knows a reconnecting agent as the one it had, and lets it take its own place. */
    private static final String COOKIE_HEADER = "Connection-Cookie";

    private final ClassLoader loader;
    private final Object engine;

    private Engine(ClassLoader loader, Object engine) {
        this.loader = loader;
        this.engine = engine;
    }

    /** What an agent connects as. {@code toString} would show the secret, so it is not used. */
    record Identity(URL controller, String name, String secret, String cookie) {
        @Override
        public String toString() {
            return name;
        }
    }

    static URLClassLoader load(Path jar) throws IOException {
        return new URLClassLoader("agent", new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    /**
     * An engine that tries once and then ends, as it does when its connection is lost: whoever runs it decides whether
     * and when to try again. Left to itself an engine tries for ever, even for a node that is gone.
     *
     * @param status called with each line that the engine has to say
     * @throws ReflectiveOperationException if the jar is no agent, or one of a kind that this buildlet doesn't know
     */
    static Engine create(ClassLoader loader, Identity identity, Path jarCache, Consumer<String> status)
            throws ReflectiveOperationException {
        Class<?> listenerType = loader.loadClass("hudson.remoting.EngineListener");
        InvocationHandler handler = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "status" -> status.accept(String.valueOf(arguments[0]));
                case "error" -> status.accept("error: " + arguments[0]);
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "equals" -> {
                    return proxy == arguments[0];
                }
                case "toString" -> {
                    return "buildlet";
                }
                default -> {}
            }
            return null;
        };
        Object listener = Proxy.newProxyInstance(loader, new Class<?>[] {listenerType}, handler);
        Class<?> type = loader.loadClass("hudson.remoting.Engine");
        Object engine = type.getConstructor(listenerType, List.class, String.class, String.class)
                .newInstance(listener, List.of(identity.controller()), identity.secret(), identity.name());
        type.getMethod("setWebSocket", boolean.class).invoke(engine, true);
        type.getMethod("setWebSocketHeaders", Map.class).invoke(engine, Map.of(COOKIE_HEADER, identity.cookie()));
        type.getMethod("setNoReconnect", boolean.class).invoke(engine, true);
        type.getMethod("setNoReconnectAfter", Duration.class).invoke(engine, Duration.ofSeconds(1));
        Object cache = loader.loadClass("hudson.remoting.FileSystemJarCache")
                .getConstructor(File.class, boolean.class)
                .newInstance(jarCache.toFile(), true);
        type.getMethod("setJarCache", loader.loadClass("hudson.remoting.JarCache"))
                .invoke(engine, cache);
        return new Engine(loader, engine);
    }

    /** Starts it; its thread is the result. */
    Thread start() throws ReflectiveOperationException {
        Thread thread = (Thread) engine;
        // Its WebSocket library looks for itself there. Threads that it makes inherit it.
        thread.setContextClassLoader(loader);
        engine.getClass().getMethod("startEngine").invoke(engine);
        return thread;
    }

    /** Whether it has a channel to Jenkins, or had. */
    boolean isConnected() throws ReflectiveOperationException {
        return engine.getClass().getMethod("getProtocolName").invoke(engine) != null;
    }
}
