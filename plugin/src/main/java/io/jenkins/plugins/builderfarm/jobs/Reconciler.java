package io.jenkins.plugins.builderfarm.jobs;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.coordinator.jobs.DesiredJob;
import io.jenkins.plugins.builderfarm.coordinator.jobs.ExistingJob;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobPlan;
import io.jenkins.plugins.builderfarm.coordinator.jobs.Owner;
import io.jenkins.plugins.builderfarm.trust.ConfiguredBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Keeps builders' jobs in step with their templates: on demand, and by itself after every change. Thread-safe. */
@Extension
public final class Reconciler implements ConfigurationListener {
    private static final Logger LOGGER = Logger.getLogger(Reconciler.class.getName());

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new NamingThreadFactory(new DaemonThreadFactory(), "Builder Farm jobs"));
    private final AtomicBoolean woken = new AtomicBoolean();

    public static Reconciler get() {
        return ExtensionList.lookupSingleton(Reconciler.class);
    }

    /** What would be done now. */
    public JobPlan plan() {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            List<DesiredJob> desired = new DesiredJobs(BuilderFarmConfiguration.get()).all();
            return JobPlan.of(desired, existing(desired));
        }
    }

    /** The job that the builder's template makes, or why it makes none; whether it is there or not doesn't matter. */
    public DesiredJob preview(Builder builder) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            return new DesiredJobs(BuilderFarmConfiguration.get()).of(builder);
        }
    }

    /** Does it. */
    public synchronized Outcome apply() {
        JobPlan plan = plan();
        List<JobAction> done = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            for (JobAction action : plan.writes()) {
                try {
                    JobWriter.write(action);
                    done.add(action);
                    LOGGER.info(() -> "Jobs: " + action.summary());
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "Jobs: could not " + action.summary());
                    failures.add("could not " + action.summary() + ": " + e.getMessage());
                }
            }
        }
        return new Outcome(plan, done, failures);
    }

    /**
     * What became of a plan.
     *
     * @param done what was written
     * @param failures what could not be: a sentence each
     */
    public record Outcome(JobPlan plan, List<JobAction> done, List<String> failures) {
        public Outcome {
            done = List.copyOf(done);
            failures = List.copyOf(failures);
        }
    }

    private static List<ExistingJob> existing(List<DesiredJob> desired) {
        List<ExistingJob> existing = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Job<?, ?> job : Jenkins.get().getAllItems(Job.class)) {
            FarmJob mark = job.getProperty(FarmJob.class);
            if (mark != null) {
                existing.add(new ExistingJob(job.getFullName(), Optional.of(owner(job, mark)), () -> config(job)));
                seen.add(job.getFullName());
            }
        }
        for (DesiredJob job : desired) {
            Item inTheWay = Jenkins.get().getItemByFullName(job.fullName());
            if (inTheWay != null && seen.add(inTheWay.getFullName())) {
                existing.add(new ExistingJob(inTheWay.getFullName(), Optional.empty(), () -> ""));
            }
        }
        return existing;
    }

    /** A job that somebody else changed, or whose mark is another job's, isn't what the farm wrote: no digest fits it. */
    private static Owner owner(Job<?, ?> job, FarmJob mark) {
        Owner owner = mark.owner();
        boolean asWritten = mark.isGenuine(job.getFullName()) && ConfiguredBy.outsider(job) == null;
        return asWritten ? owner : new Owner(owner.builder(), "", owner.retired());
    }

    private static String config(Job<?, ?> job) {
        try {
            return JobXml.withoutMark(job.getConfigFile().asString());
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration of job " + job.getFullName() + " can't be read", e);
        }
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        wake();
    }

    /** Applies soon, on another thread; several wishes become one. Never blocks. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        woken.set(false);
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || jenkins.getInitLevel() != InitMilestone.COMPLETED || jenkins.isTerminating()) {
            return;
        }
        try {
            for (JobAction refused : apply().plan().refused()) {
                LOGGER.warning(() -> "Jobs: " + refused.summary());
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Builders' jobs could not be brought in step; the next change tries again", e);
        }
    }
}
