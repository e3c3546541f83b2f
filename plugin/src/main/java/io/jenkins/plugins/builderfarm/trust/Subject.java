package io.jenkins.plugins.builderfarm.trust;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import java.util.List;
import java.util.Optional;

/**
 * A build that may not have begun: what is in the queue, or a run. A part of a run that waits in the queue, such as a
 * Pipeline's {@code node}, is that run. Immutable, holds what was there when it was made.
 */
public final class Subject {
    @CheckForNull
    private final Job<?, ?> job;

    @CheckForNull
    private final Run<?, ?> run;

    private final List<Action> actions;
    private final int generation;

    private Subject(@CheckForNull Job<?, ?> job, @CheckForNull Run<?, ?> run, List<Action> actions, int generation) {
        this.job = job;
        this.run = run;
        this.actions = actions;
        this.generation = generation;
    }

    @SuppressWarnings("deprecation") // getActions(): what is kept with the item, without what plugins compute for pages
    public static Subject of(Queue.Item item) {
        if (item.task.getOwnerExecutable() instanceof Run<?, ?> owner) {
            return of(owner);
        }
        Job<?, ?> job = item.task.getOwnerTask() instanceof Job<?, ?> owner ? owner : null;
        return new Subject(job, null, List.copyOf(item.getActions()), 0);
    }

    public static Subject of(Run<?, ?> run) {
        return of(run, 0);
    }

    @SuppressWarnings("deprecation") // as above
    private static Subject of(Run<?, ?> run, int generation) {
        return new Subject(run.getParent(), run, List.copyOf(run.getActions()), generation);
    }

    /** A run that this one follows from. */
    Subject following(Run<?, ?> other) {
        return of(other, generation + 1);
    }

    /** How many runs were followed to come here. */
    int generation() {
        return generation;
    }

    /** Nothing if it is no job's build. */
    public Optional<Job<?, ?>> job() {
        return Optional.ofNullable(job);
    }

    /** Nothing while it waits for its first executor. */
    public Optional<Run<?, ?>> run() {
        return Optional.ofNullable(run);
    }

    /** Kept actions of that kind. */
    public <T> List<T> actions(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Why it was started; for what the farm does once more, why that was started the first time. */
    public List<Cause> causes() {
        return actions(CauseAction.class).stream()
                .flatMap(action -> action.getCauses().stream())
                .filter(cause -> !(cause instanceof SameBuild))
                .toList();
    }

    /** The parameters that it was given, those of them too that the job doesn't declare. */
    public List<ParameterValue> parameters() {
        return actions(ParametersAction.class).stream()
                .flatMap(action -> action.getAllParameters().stream())
                .toList();
    }

    /** For people. */
    @Override
    public String toString() {
        if (run != null) {
            return run.getFullDisplayName();
        }
        return job == null ? "something that is no job" : "job " + job.getFullName();
    }
}
