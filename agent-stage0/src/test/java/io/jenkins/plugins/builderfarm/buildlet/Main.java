package io.jenkins.plugins.builderfarm.buildlet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A buildlet for tests: its jar's {@code script} is a list of lines. {@code progress LINE} goes to the progress file, the
 * others are below. What it was called with goes to {@code runs} in the work directory, a line each run.
 */
public final class Main {
    private Main() {}

    public static int run(String[] args) throws Exception {
        Path work = Path.of(value(args, "-workdir"));
        Path progress = Path.of(value(args, "-progress-file"));
        Files.createDirectories(work);
        append(work.resolve("runs"), resource("version") + " " + String.join(" ", args));
        for (String line : resource("script").lines().toList()) {
            int space = line.indexOf(' ');
            String rest = line.substring(space + 1);
            switch (space < 0 ? line : line.substring(0, space)) {
                case "progress" -> note(progress, rest);
                case "return" -> {
                    return Integer.parseInt(rest);
                }
                case "say" -> System.out.println(rest);
                case "complain" -> System.err.println(rest);
                case "throw" -> throw new IllegalStateException(rest);
                case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(rest));
                case "hang" -> Thread.sleep(Long.MAX_VALUE);
                case "process" ->
                    append(
                            work.resolve("processes"),
                            Long.toString(ProcessHandle.current().pid()));
                case "remember" -> System.getProperties().put(rest, new WeakReference<>(Main.class.getClassLoader()));
                case "see" -> append(work.resolve("seen"), seen(rest));
                default -> throw new IllegalStateException("no such line: " + line);
            }
        }
        return 0;
    }

    /** As the real one: a progress file that can't be written keeps nobody from working. */
    private static void note(Path progress, String line) {
        try {
            append(progress, line);
        } catch (IOException e) {
            System.err.println("no progress: " + e);
        }
    }

    private static String seen(String className) {
        try {
            Thread.currentThread().getContextClassLoader().loadClass(className);
            return className + " seen";
        } catch (ClassNotFoundException e) {
            return className + " not seen";
        }
    }

    private static String value(String[] args, String flag) {
        return args[List.of(args).indexOf(flag) + 1];
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
