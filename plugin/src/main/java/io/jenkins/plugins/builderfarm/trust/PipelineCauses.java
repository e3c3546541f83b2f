package io.jenkins.plugins.builderfarm.trust;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Run;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The causes of the Pipeline plugins that say that a build repeats another one. By name: those plugins need not be here,
 * and one of them is no API. Stateless.
 */
public final class PipelineCauses {
    private static final Logger LOGGER = Logger.getLogger(PipelineCauses.class.getName());
    private static final String REPLAY = "org.jenkinsci.plugins.workflow.cps.replay.ReplayCause";
    private static final String RESTART =
            "org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause";

    private PipelineCauses() {}

    /**
     * A build of the same job done again.
     *
     * @param original the other build's number
     * @param changed whether the script may be another one, chosen by whoever started it; else it is the other build's
     */
    record Again(int original, boolean changed) {}

    /** Whether what the build did isn't all said by its job and parameters. */
    public static boolean repeats(Run<?, ?> run) {
        return run.getCauses().stream().anyMatch(cause -> again(cause) != null);
    }

    /** @return null if it is another kind of cause */
    @CheckForNull
    static Again again(Cause cause) {
        return switch (cause.getClass().getName()) {
            // The "Rebuild" of a Pipeline is one too, and can't be told from it.
            case REPLAY -> new Again(number(cause, "getOriginalNumber"), true);
            case RESTART -> new Again(number(cause, "getOriginRunNumber"), false);
            default -> null;
        };
    }

    private static int number(Cause cause, String method) {
        // No build has the number 0, so what can't be read leads to a doubt.
        return call(cause, method) instanceof Integer number ? number : 0;
    }

    @CheckForNull
    private static Object call(Cause cause, String method) {
        try {
            return cause.getClass().getMethod(method).invoke(cause);
        } catch (ReflectiveOperationException e) {
            LOGGER.log(Level.FINE, e, () -> cause.getClass().getName() + " has no " + method);
            return null;
        }
    }
}
