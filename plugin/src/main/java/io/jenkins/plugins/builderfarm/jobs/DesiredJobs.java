package io.jenkins.plugins.builderfarm.jobs;

import hudson.model.Job;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.OptionalPlugin;
import io.jenkins.plugins.builderfarm.config.PipelineTemplate;
import io.jenkins.plugins.builderfarm.coordinator.jobs.DesiredJob;
import io.jenkins.plugins.builderfarm.coordinator.jobs.JobTemplate;
import io.jenkins.plugins.builderfarm.coordinator.jobs.Placeholders;
import io.jenkins.plugins.builderfarm.trust.ConfiguredBy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The jobs that the configuration asks for: one for each builder that has a template. For one plan, on one thread. */
final class DesiredJobs {
    /** Fills a template in; throws what the reader is to be told. */
    private interface Source extends Function<Builder, String> {}

    private final BuilderFarmConfiguration configuration;
    private final Map<String, HostType> hostTypes;
    private final Map<String, Source> sources = new HashMap<>();

    DesiredJobs(BuilderFarmConfiguration configuration) {
        this.configuration = configuration;
        hostTypes =
                configuration.getHostTypes().stream().collect(Collectors.toMap(HostType::getName, Function.identity()));
    }

    List<DesiredJob> all() {
        List<DesiredJob> jobs = new ArrayList<>();
        for (Builder builder : configuration.getBuilders()) {
            if (!builder.getTemplate().isEmpty() && !builder.isDisabled()) {
                jobs.add(of(builder));
            }
        }
        return jobs;
    }

    /** What the builder's job would be, or why there is none. */
    DesiredJob of(Builder builder) {
        String folder = configuration.getJobFolder();
        String fullName = folder.isEmpty() ? builder.getName() : folder + "/" + builder.getName();
        try {
            Source source = sources.computeIfAbsent(builder.getTemplate(), this::source);
            return DesiredJob.of(builder.getName(), fullName, source.apply(builder));
        } catch (IllegalArgumentException e) {
            return DesiredJob.broken(
                    builder.getName(), fullName, "template " + builder.getTemplate() + ": " + e.getMessage());
        }
    }

    private Source source(String name) {
        Optional<PipelineTemplate> script = configuration.getPipelineTemplates().stream()
                .filter(template -> template.getName().equals(name))
                .findFirst();
        if (script.isPresent()) {
            requirePipeline();
            JobTemplate template = JobTemplate.ofScript(script.get().getScript());
            return builder -> JobXml.pipeline(
                    template.fillIn(placeholders(builder)), "Builder " + builder.getName() + ", made by Builder Farm.");
        }
        if (!(Jenkins.get().getItemByFullName(name) instanceof Job<?, ?> job)) {
            throw new IllegalArgumentException("there is neither a Pipeline template nor a job of that name");
        }
        // Whoever changes the template decides what runs on every machine of its builders.
        String outsider = ConfiguredBy.outsider(job);
        if (outsider != null) {
            throw new IllegalArgumentException("the job was last configured by " + outsider
                    + ", who may not administer the farm; somebody who may has to save it");
        }
        try {
            JobTemplate template =
                    JobTemplate.ofXml(JobXml.withoutMark(job.getConfigFile().asString()));
            return builder -> template.fillIn(placeholders(builder));
        } catch (IOException e) {
            throw new IllegalArgumentException("the job's configuration can't be read: " + e.getMessage(), e);
        }
    }

    /** Without these Jenkins would only say that it can't read the job. */
    private static void requirePipeline() {
        for (String plugin : List.of("workflow-job", "workflow-cps")) {
            if (!OptionalPlugin.isActive(plugin)) {
                throw new IllegalArgumentException(
                        "a Pipeline needs the plugin " + plugin + ", which is not installed");
            }
        }
    }

    private Placeholders placeholders(Builder builder) {
        return BuilderPlaceholders.of(builder, Optional.ofNullable(hostTypes.get(builder.getHostType())));
    }
}
