package io.jenkins.plugins.builderfarm.jobs;

import hudson.model.AbstractItem;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.builderfarm.coordinator.jobs.DesiredJob;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;
import io.jenkins.plugins.builderfarm.coordinator.jobs.Owner;
import io.jenkins.plugins.builderfarm.trust.ConfiguredBy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import jenkins.model.ParameterizedJobMixIn;

/** Does what a plan says, job by job. Stateless. */
final class JobWriter {
    private JobWriter() {}

    /** @throws IOException if that job could not be written; it is as it was */
    static void write(JobAction action) throws IOException {
        switch (action.kind()) {
            case CREATE -> create(action.desired());
            case UPDATE -> update(action);
            case DISABLE -> disable(job(action.fullName()));
            default -> throw new IllegalArgumentException(action.kind() + " writes nothing");
        }
    }

    private static void create(DesiredJob desired) throws IOException {
        int slash = desired.fullName().lastIndexOf('/');
        String folder = slash < 0 ? "" : desired.fullName().substring(0, slash);
        Object group = folder.isEmpty() ? Jenkins.get() : Jenkins.get().getItemByFullName(folder);
        if (!(group instanceof ModifiableTopLevelItemGroup parent)) {
            throw new IOException("there is no folder " + folder);
        }
        String xml = JobXml.withMark(desired.config(), FarmJob.sealed(desired.owner(), desired.fullName()));
        TopLevelItem made = parent.createProjectFromXML(
                desired.fullName().substring(slash + 1),
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        if (made instanceof Job<?, ?> job) {
            ConfiguredBy.forget(job);
        }
    }

    private static void update(JobAction action) throws IOException {
        Job<?, ?> job = job(action.fullName());
        String xml = JobXml.withMark(
                action.desired().config(), FarmJob.sealed(action.desired().owner(), job.getFullName()));
        ((AbstractItem) job).updateByXml((javax.xml.transform.Source) new StreamSource(new StringReader(xml)));
        ConfiguredBy.forget(job);
    }

    private static void disable(Job<?, ?> job) throws IOException {
        FarmJob mark = job.getProperty(FarmJob.class);
        Owner owner = new Owner(mark.owner().builder(), mark.owner().digest(), true);
        remark(job, FarmJob.sealed(owner, job.getFullName()));
        if (job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> buildable && buildable.supportsMakeDisabled()) {
            buildable.makeDisabled(true);
        }
    }

    /** Replaces the mark. */
    static void remark(Job<?, ?> job, FarmJob mark) throws IOException {
        job.removeProperty(FarmJob.class);
        job.addProperty(mark);
    }

    private static Job<?, ?> job(String fullName) throws IOException {
        Job<?, ?> job = Jenkins.get().getItemByFullName(fullName, Job.class);
        if (job == null) {
            throw new IOException("job " + fullName + " is gone");
        }
        return job;
    }
}
