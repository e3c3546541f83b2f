package io.jenkins.plugins.builderfarm.conduct;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.trust.OwnJobs;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records how builds end that were for one builder: those of the farm's own jobs, and those that asked for no other. */
@Extension(ordinal = -10) // after BuildEnds, which finds out whether a machine vanished
public final class ResultRecorder extends RunListener<Run<?, ?>> {
    private static final Map<Result, Outcome> OUTCOMES = Map.of(
            Result.SUCCESS, Outcome.PASSED,
            Result.UNSTABLE, Outcome.UNSTABLE,
            Result.FAILURE, Outcome.FAILED,
            Result.ABORTED, Outcome.ABORTED,
            Result.NOT_BUILT, Outcome.NOT_BUILT);

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener log) {
        Optional<UsedMachines> used = UsedMachines.of(run);
        builder(run, used).ifPresent(builder -> Results.get().add(result(run, builder, used)));
    }

    private static Optional<String> builder(Run<?, ?> run, Optional<UsedMachines> used) {
        return OwnJobs.builder(run.getParent()).or(() -> used.map(UsedMachines::builders)
                .filter(names -> names.size() == 1)
                .map(ResultRecorder::only));
    }

    private static String only(Set<String> names) {
        return names.iterator().next();
    }

    private static BuildResult result(Run<?, ?> run, String builder, Optional<UsedMachines> used) {
        return new BuildResult(
                builder,
                RevisionFinder.of(run),
                run.getParent().getFullName(),
                run.getNumber(),
                outcome(run, used),
                used.filter(machines -> KnownIssues.explain(run, machines)).isPresent(),
                Instant.ofEpochMilli(run.getStartTimeInMillis()),
                run.getDuration(),
                false);
    }

    private static Outcome outcome(Run<?, ?> run, Optional<UsedMachines> used) {
        Result result = run.getResult();
        boolean vanished = used.filter(machines -> machines.anyVanished() && !machines.wentOn())
                .isPresent();
        if (result == null) {
            return Outcome.NOT_BUILT;
        }
        return vanished && result.isWorseThan(Result.UNSTABLE)
                ? Outcome.MACHINE_VANISHED
                : OUTCOMES.getOrDefault(result, Outcome.NOT_BUILT);
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        Results.get().buildDeleted(run.getParent().getFullName(), run.getNumber());
    }

    /** Results follow their jobs. */
    @Extension
    public static final class Jobs extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            Results.get().jobRenamed(oldFullName, newFullName);
        }

        @Override
        public void onDeleted(Item item) {
            Results.get().jobDeleted(item.getFullName());
        }
    }
}
