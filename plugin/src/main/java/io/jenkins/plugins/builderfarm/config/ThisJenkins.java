package io.jenkins.plugins.builderfarm.config;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.slaves.Cloud;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The surroundings as they are now. Looks each thing up once: made for one request, by one thread. */
public final class ThisJenkins implements Surroundings {
    private final Set<String> hostTypes;
    private final Set<String> pipelineTemplates;
    private final Map<String, Optional<String>> templates = new HashMap<>();

    /** With the host types and Pipeline templates that are configured. */
    public ThisJenkins() {
        this(BuilderFarmConfiguration.get());
    }

    /** With those of that configuration, which may be a draft. */
    ThisJenkins(BuilderFarmConfiguration farm) {
        hostTypes = farm.getHostTypes().stream().map(HostType::getName).collect(Collectors.toSet());
        pipelineTemplates = farm.getPipelineTemplates().stream()
                .map(PipelineTemplate::getName)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean hasHostType(String name) {
        return hostTypes.contains(name);
    }

    @Override
    public boolean hasCloud(String name) {
        return Jenkins.get().getCloud(name) != null;
    }

    @Override
    public boolean cloudServes(String cloud, String label) {
        Cloud asked = Jenkins.get().getCloud(cloud);
        try {
            return asked != null && asked.canProvision(new Cloud.CloudState(Label.parseExpression(label), 0));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Optional<String> templateProblem(String fullName) {
        return pipelineTemplates.contains(fullName)
                ? Optional.empty()
                : templates.computeIfAbsent(fullName, ThisJenkins::lookUp);
    }

    /** As the system: who may see the farm's settings may be told that a job isn't there. */
    private static Optional<String> lookUp(String fullName) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            Item job = Jenkins.get().getItemByFullName(fullName);
            if (job == null) {
                return Optional.of("there is neither a Pipeline template nor a job " + fullName);
            }
            if (!(job instanceof TopLevelItem)) {
                return Optional.of(fullName + " is part of another job and no job of its own");
            }
            return ExtensionList.lookup(TemplateRule.class).stream()
                    .flatMap(rule -> rule.objection(job).stream())
                    .map(objection -> "job " + fullName + " " + objection)
                    .findFirst();
        }
    }
}
