package io.jenkins.plugins.builderfarm.history;

import hudson.cli.CLICommand;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** How the code that runs now came to change something. Stateless. */
final class Origin {
    private static final String CASC = "io.jenkins.plugins.casc.";

    private Origin() {}

    static String here() {
        boolean casc = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(CASC)));
        if (casc) {
            return "configuration as code";
        }
        CLICommand command = CLICommand.getCurrent();
        if (command != null) {
            return "command " + command.getName();
        }
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        // Without its parameters, where a form's values would be.
        return request == null ? "script or Jenkins itself" : "page " + request.getPathInfo();
    }
}
