package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.JobPatterns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs for which an administrator vouches by listing them. Keeps the lists compiled. */
@Extension(ordinal = 100)
public final class ListedJobs implements CodeReview, ConfigurationListener {
    private record Lists(JobPatterns reviewed, Map<String, JobPatterns> byHostType) {}

    private volatile Lists lists;

    static ListedJobs get() {
        return ExtensionList.lookupSingleton(ListedJobs.class);
    }

    @Override
    public Optional<Opinion> of(Subject subject) {
        return subject.job()
                .filter(job -> lists().reviewed().match(job.getFullName()))
                .map(ListedJobs::listed);
    }

    private static Opinion listed(Job<?, ?> job) {
        String outsider = ConfiguredBy.outsider(job);
        return outsider == null
                ? Opinion.reviewed("job " + job.getFullName() + " is listed as reviewed")
                : Opinion.doubt("job " + job.getFullName() + " was last configured by " + outsider
                        + ", who may not administer the farm");
    }

    /** Whether the job is listed, for the farm or for that host type. */
    boolean lists(Job<?, ?> job, HostType hostType) {
        Lists now = lists();
        JobPatterns own = now.byHostType().get(hostType.getName());
        return now.reviewed().match(job.getFullName()) || own != null && own.match(job.getFullName());
    }

    private Lists lists() {
        Lists current = lists;
        if (current == null) {
            current = read(BuilderFarmConfiguration.get());
            lists = current;
        }
        return current;
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        lists = read(configuration);
    }

    private static Lists read(BuilderFarmConfiguration configuration) {
        Map<String, JobPatterns> byHostType = new HashMap<>();
        for (HostType hostType : configuration.getHostTypes()) {
            List<String> jobs = hostType.getJobs();
            if (!jobs.isEmpty()) {
                byHostType.put(hostType.getName(), new JobPatterns(jobs));
            }
        }
        return new Lists(new JobPatterns(configuration.getReviewedJobs()), byHostType);
    }
}
