package io.jenkins.plugins.builderfarm.conduct;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Executor;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.conduct.VanishedBuild;
import io.jenkins.plugins.builderfarm.coordinator.conduct.VanishedBuild.Verdict;
import io.jenkins.plugins.builderfarm.trust.OwnJobs;
import io.jenkins.plugins.builderfarm.trust.PipelineCauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;

/** Queues a build again that failed because its machine vanished, and says in its log what becomes of it. Stateless. */
final class Retries {
    private static final String NODE_STEP = "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$";

    /** How Pipelines say that their node went. By name: that plugin need not be here. */
    private static final Set<String> NODE_GONE =
            Set.of(NODE_STEP + "RemovedNodeCause", NODE_STEP + "RemovedNodeTimeoutCause");

    /** What says which sources a build takes, beside its parameters. By name, as above. */
    private static final Set<String> REVISIONS =
            Set.of("jenkins.scm.api.SCMRevisionAction", "hudson.plugins.git.RevisionParameterAction");

    private Retries() {}

    /** Called when the build has ended, with its log. */
    static void consider(Run<?, ?> run, UsedMachines used, TaskListener log) {
        UsedMachine vanished = used.machines().stream()
                .filter(UsedMachine::hasVanished)
                .findFirst()
                .orElse(null);
        if (vanished == null || Jenkins.get().isTerminating()) {
            return;
        }
        int most = BuilderFarmConfiguration.get().getRetries();
        Result result = run.getResult();
        int before = VanishedCause.retries(run);
        Verdict verdict = new VanishedBuild(
                        result != null && result.isWorseThan(Result.UNSTABLE),
                        isAborted(run),
                        used.wentOn(),
                        run.getParent() instanceof FreeStyleProject || OwnJobs.anyMade(run.getParent()),
                        PipelineCauses.repeats(run),
                        before,
                        most)
                .verdict();
        if (verdict == Verdict.AGAIN) {
            VanishedCause cause = new VanishedCause(run, vanished.toString(), before + 1, most);
            say(
                    log,
                    vanished,
                    queue(run, cause)
                            ? "is queued again: retry " + (before + 1) + " of " + most
                            : "could not be queued again: the job takes no builds now");
        } else if (!verdict.reason().isEmpty()) {
            say(log, vanished, "is not queued again: " + verdict.reason());
        }
    }

    private static void say(TaskListener log, UsedMachine vanished, String what) {
        log.getLogger()
                .println("The " + vanished + " vanished: " + vanished.whyVanished() + ". This build " + what + ".");
    }

    /** By a person, a limit, a newer build: by anything but that the node went. */
    private static boolean isAborted(Run<?, ?> run) {
        List<CauseOfInterruption> causes = new ArrayList<>();
        run.getActions(InterruptedBuildAction.class).forEach(action -> causes.addAll(action.getCauses()));
        Executor executor = run.getExecutor();
        if (executor != null) {
            causes.addAll(executor.getCausesOfInterruption());
        }
        boolean nodeGone = causes.stream().anyMatch(Retries::isNodeGone);
        return !causes.stream().allMatch(Retries::isNodeGone) || run.getResult() == Result.ABORTED && !nodeGone;
    }

    private static boolean isNodeGone(CauseOfInterruption cause) {
        return NODE_GONE.contains(cause.getClass().getName());
    }

    /** The same parameters, the same revision, the same causes and one more. */
    private static boolean queue(Run<?, ?> run, VanishedCause cause) {
        Job<?, ?> job = run.getParent();
        List<Action> actions = new ArrayList<>();
        run.getActions(ParametersAction.class).forEach(action -> actions.add(action.createUpdated(List.of())));
        run.getAllActions().stream()
                .filter(action -> REVISIONS.contains(action.getClass().getName()))
                .forEach(actions::add);
        List<Cause> causes = new ArrayList<>(run.getCauses());
        causes.removeIf(VanishedCause.class::isInstance);
        causes.add(cause);
        actions.add(new CauseAction(causes));
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            return job instanceof Queue.Task task
                    && job.isBuildable()
                    && !Queue.getInstance().schedule2(task, 0, actions).isRefused();
        }
    }
}
