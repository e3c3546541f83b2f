package io.jenkins.plugins.builderfarm.jobs;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.coordinator.jobs.DesiredJob;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobPlan;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** Shows what would be done to builders' jobs, does it, or shows the job of one builder. */
@Extension
public final class JobsCommand extends CLICommand {
    @Option(name = "--plan", usage = "print what would be done, with the changes")
    private boolean plan;

    @Option(name = "--apply", forbids = "--plan", usage = "do it")
    private boolean apply;

    @Option(
            name = "--preview",
            metaVar = "BUILDER",
            forbids = {"--plan", "--apply"},
            usage = "print the configuration that the builder's job would have")
    private String preview;

    @Override
    public String getName() {
        return "builder-farm-jobs";
    }

    @Override
    public String getShortDescription() {
        return "Plans or applies what keeps builders' jobs in step with their templates.";
    }

    @Override
    protected int run() throws AbortException {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        if (preview != null) {
            return preview();
        }
        if (!apply) {
            print(Reconciler.get().plan(), true);
            return 0;
        }
        Reconciler.Outcome outcome = Reconciler.get().apply();
        print(outcome.plan(), false);
        outcome.failures().forEach(stderr::println);
        return outcome.failures().isEmpty() && outcome.plan().refused().isEmpty() ? 0 : 1;
    }

    private int preview() throws AbortException {
        Builder builder = BuilderFarmConfiguration.get()
                .builder(preview)
                .orElseThrow(() -> new IllegalArgumentException("no builder is called '" + preview + "'"));
        if (builder.getTemplate().isEmpty()) {
            throw new AbortException("builder " + preview + " has no template");
        }
        DesiredJob job = Reconciler.get().preview(builder);
        if (job.problem() != null) {
            throw new AbortException(job.problem());
        }
        stdout.println(job.config());
        return 0;
    }

    private void print(JobPlan jobs, boolean diffs) {
        int unchanged = 0;
        for (JobAction action : jobs.actions()) {
            if (action.kind() == JobAction.Kind.UNCHANGED) {
                unchanged++;
            } else {
                stdout.println(action.summary());
                if (diffs && !action.diff().isEmpty()) {
                    stdout.println(action.diff());
                }
            }
        }
        stdout.println(
                jobs.writes().size() + " to write, " + jobs.refused().size() + " refused, " + unchanged + " unchanged");
    }
}
