package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.Log;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a buildlet's jar inside this JVM, so that a small machine pays for one. The jar sees Java's platform and itself,
 * nothing of stage0.
 */
final class Buildlet {
    /** The exit code of a buildlet that doesn't return one. */
    static final int CRASHED = 1;

    private static final String MAIN = "io.jenkins.plugins.builderfarm.buildlet.Main";

    private Buildlet() {}

    /** Returns its exit code; one that throws, or is no buildlet, is said and has crashed. */
    static int run(Path jar, List<String> arguments, Log log) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        URLClassLoader loader = new URLClassLoader("buildlet", urls(jar), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return call(loader, arguments.toArray(String[]::new));
        } catch (ReflectiveOperationException | LinkageError e) {
            log.say("the buildlet can't be started: " + e);
            return CRASHED;
        } catch (Throwable e) {
            // Whatever a buildlet throws is its own; stage0 goes on.
            log.say("the buildlet crashed: " + trace(e));
            return CRASHED;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            close(loader, log);
        }
    }

    private static URL[] urls(Path jar) {
        try {
            return new URL[] {jar.toUri().toURL()};
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every file has a URL", e);
        }
    }

    private static int call(ClassLoader loader, String[] arguments) throws Throwable {
        MethodHandle run = MethodHandles.publicLookup()
                .findStatic(loader.loadClass(MAIN), "run", MethodType.methodType(int.class, String[].class));
        return (int) run.invokeExact(arguments);
    }

    private static void close(URLClassLoader loader, Log log) {
        try {
            loader.close();
        } catch (IOException e) {
            log.say("the buildlet's jar can't be closed: " + e.getMessage());
        }
    }

    /** In one line: where it came from says more than the rest of the stack. */
    private static String trace(Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        return stack.length == 0 ? e.toString() : e + " at " + stack[0];
    }
}
