package io.jenkins.plugins.builderfarm.history;

import hudson.cli.CLICommand;
import java.util.Optional;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** How the code that runs now came to change something. Stateless. */
final class Origin {
    private static final String CASC = "io.jenkins.plugins.casc.";

    private Origin() {}

    static String here() {
        StackWalker stack = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
        if (stack.walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(CASC)))) {
            return "configuration as code";
        }
        // Jenkins knows the command that runs only where it came over the wire.
        Optional<String> command = stack.walk(frames -> frames.flatMap(frame ->
                        CLICommand.all().stream().filter(known -> known.getClass() == frame.getDeclaringClass()))
                .map(CLICommand::getName)
                .findFirst());
        if (command.isPresent()) {
            return "command " + command.get();
        }
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        // Without its parameters, where a form's values would be.
        return request == null ? "script or Jenkins itself" : "page " + request.getPathInfo();
    }
}
