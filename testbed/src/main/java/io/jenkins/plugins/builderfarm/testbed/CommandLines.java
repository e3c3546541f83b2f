package io.jenkins.plugins.builderfarm.testbed;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command lines of this module's programs: flags with one dash or two, mistakes in one line. */
public final class CommandLines {
    /** Flags or their values are wrong. */
    public static final int EXIT_USAGE = 2;

    private CommandLines() {}

    /** A mistake in a flag's value that only the program can see; becomes {@link #EXIT_USAGE}. */
    public static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        public UsageException(String message) {
            super(message);
        }
    }

    /**
     * Runs the class's one method that is a picocli command.
     *
     * @return the exit code
     */
    public static int run(Class<?> program, String... args) {
        Method command = CommandLine.getCommandMethods(program, null).get(0);
        CommandLine line = new CommandLine(command);
        line.setParameterExceptionHandler((problem, given) -> {
            complain(problem.getCommandLine(), problem.getMessage());
            return EXIT_USAGE;
        });
        line.setExecutionExceptionHandler((problem, failed, result) -> {
            if (problem instanceof UsageException) {
                complain(failed, problem.getMessage());
                return EXIT_USAGE;
            }
            throw problem;
        });
        return line.execute(Stream.of(args).map(CommandLines::twoDashes).toArray(String[]::new));
    }

    /** As in Go's programs, {@code -port} means {@code --port}; a program's flags need but one name so. */
    private static String twoDashes(String argument) {
        return argument.matches("-[a-z][a-z-]+(=.*)?") ? "-" + argument : argument;
    }

    private static void complain(CommandLine line, String message) {
        PrintWriter err = line.getErr();
        err.println(line.getCommandName() + ": " + message + " (--help says more)");
        err.flush();
    }
}
