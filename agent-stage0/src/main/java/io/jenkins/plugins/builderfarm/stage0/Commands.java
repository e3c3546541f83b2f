package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.stage0.doctor.Doctor;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** What stage0 does besides starting a buildlet. A start loads none of it. */
final class Commands {
    private Commands() {}

    /**
     * Runs the command that the first argument names.
     *
     * @return the process's exit code
     * @throws UsageException if there is no such command, or its flags are wrong
     */
    static int run(List<String> arguments, PrintStream out) throws UsageException, InterruptedException {
        if (arguments.stream().anyMatch(Set.of("-h", "-help", "--help")::contains)) {
            out.print(Help.text());
            return 0;
        }
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (arguments.get(0)) {
            case "doctor" -> doctor(rest, out);
            default -> throw new UsageException("unknown command '" + arguments.get(0) + "'");
        };
    }

    private static int doctor(List<String> arguments, PrintStream out) throws UsageException, InterruptedException {
        OwnFlags flags = OwnFlags.part(arguments, Set.of(), Set.of("json"));
        Options options = Options.parse(Options.flags(flags.usual()));
        return Doctor.examine(options, flags.own().on("json"), out);
    }
}
