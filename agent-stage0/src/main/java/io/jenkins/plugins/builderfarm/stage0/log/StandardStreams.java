package io.jenkins.plugins.builderfarm.stage0.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** This JVM's standard output and standard error, as lines of a file in UTF-8. Stateless. */
public final class StandardStreams {
    private StandardStreams() {}

    /** From now on, until the JVM ends; what Java itself or another process writes goes where it did. To be called once. */
    public static void writeTo(RotatedFile file) {
        LineStream out = new LineStream(file);
        LineStream error = new LineStream(file);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            out.end();
                            error.end();
                        },
                        "unfinished lines"));
    }
}
