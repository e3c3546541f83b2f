package io.jenkins.plugins.builderfarm.trust;

import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A cause that says: the farm itself does the very same build once more, and the causes beside this one are that build's. So
 * it says nothing of whose code it is; the others do.
 */
public interface SameBuild {
    /** Nothing if it is gone. */
    Optional<Run<?, ?>> original();

    /** The build that is to be done again, if it is of the same job and has the same parameters. */
    static Optional<Run<?, ?>> proven(Queue.Task task, Collection<? extends Action> actions) {
        return actions.stream()
                .filter(CauseAction.class::isInstance)
                .flatMap(action -> ((CauseAction) action).getCauses().stream())
                .filter(SameBuild.class::isInstance)
                .findFirst()
                .flatMap(cause -> ((SameBuild) cause).original())
                .filter(run -> run.getParent() == task
                        && parameters(run.getActions(ParametersAction.class)).equals(parameters(actions)));
    }

    private static List<ParameterValue> parameters(Collection<? extends Action> actions) {
        return actions.stream()
                .filter(ParametersAction.class::isInstance)
                .flatMap(action -> ((ParametersAction) action).getAllParameters().stream())
                .toList();
    }
}
