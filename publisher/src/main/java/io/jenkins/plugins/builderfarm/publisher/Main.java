package io.jenkins.plugins.builderfarm.publisher;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The program {@code publisher.jar}. */
public final class Main {
    private static final String EXIT_CODES = """

            exit codes
              0  done, or nothing to do
              1  unexpected: a mistake of this program, or status found a problem
              2  bad flags
              3  a file on this computer, a signing key or a jar, can't be used
              4  the bucket can't be reached, or refused
              5  the bucket's manifest is missing, not to be trusted, or does not allow the change
              6  somebody else keeps changing the manifest; nothing changed
            """;

    private Main() {}

    public static void main(String[] args) {
        int code = run(List.of(args), System.getenv(), InstantSource.system(), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Everything but the exit. */
    static int run(
            List<String> args, Map<String, String> environment, InstantSource clock, PrintStream out, PrintStream err) {
        try {
            return new Commands(environment, clock, out, err).run(args);
        } catch (Failure e) {
            err.println("publisher: " + e.getMessage());
            return e.exitCode();
        } catch (RuntimeException e) {
            err.println("publisher: unexpected: " + e);
            e.printStackTrace(err);
            return Failure.UNEXPECTED;
        }
    }

    static String help() {
        return "usage: java -jar publisher.jar COMMAND [flags]      (COMMAND --help says more)"
                + System.lineSeparator() + System.lineSeparator()
                + Arrays.stream(Command.values()).map(Command::describe).collect(Collectors.joining())
                + EXIT_CODES;
    }
}
