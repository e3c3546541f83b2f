package io.jenkins.plugins.builderfarm.conduct;

import hudson.Extension;
import hudson.model.AbstractBuild;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.builderfarm.cloud.MachineUse;
import io.jenkins.plugins.builderfarm.config.Builder;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Notes with a build which machines it takes, and the known issues of the builders that it asks for. */
@Extension(ordinal = -100) // after CloudUsages, which learns what the executor was taken for
public final class MachineNotes implements ExecutorListener {
    private static final Logger LOGGER = Logger.getLogger(MachineNotes.class.getName());

    @Override
    public void taskAccepted(Executor executor, Queue.Task task) {
        Run<?, ?> run = MachineUse.build(executor);
        Optional<MachineUse> use = run == null ? Optional.empty() : MachineUse.of(executor);
        boolean news = use.isPresent() && note(run, use.get());
        if (news && !(run instanceof AbstractBuild)) {
            save(run);
        }
    }

    /**
     * Branches of one Pipeline come here at the same time.
     *
     * @return whether it is news
     */
    private static synchronized boolean note(Run<?, ?> run, MachineUse use) {
        UsedMachines used = UsedMachines.of(run).orElse(null);
        if (used == null) {
            used = new UsedMachines();
            run.addAction(used);
        }
        boolean news = used.add(UsedMachine.of(use));
        Optional<Builder> troubled =
                use.builder().filter(builder -> !builder.getKnownIssues().isEmpty());
        if (news && troubled.isPresent()) {
            KnownIssues known = run.getAction(KnownIssues.class);
            if (known == null) {
                known = new KnownIssues();
                run.addAction(known);
            }
            known.add(troubled.get());
        }
        return news;
    }

    /** What outlives a restart of Jenkins has to remember; other builds are saved when they end. */
    private static void save(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> run + " could not be saved");
        }
    }
}
