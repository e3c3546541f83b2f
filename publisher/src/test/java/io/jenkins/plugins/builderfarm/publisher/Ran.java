package io.jenkins.plugins.builderfarm.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a run of the program went.
 *
 * @param out what it printed
 * @param err what it complained of
 */
record Ran(int code, String out, String err) {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    /** Runs it within this JVM. */
    static Ran inside(Map<String, String> environment, List<String> args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args, environment, () -> NOW, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
