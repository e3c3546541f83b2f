package io.jenkins.plugins.builderfarm.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.coordinator.policy.RepositoryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import jenkins.util.Listeners;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The farm's configuration. Its lists are replaced as a whole and never changed in place, so readers need no lock.
 *
 * <p>It takes whatever is well-formed, so that host types and builders can arrive in any order;
 * {@link #problems()} says what doesn't fit together.
 */
@Extension
@Symbol("builderFarm")
public final class BuilderFarmConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    /** Its own fields that are whole numbers. */
    public static final Set<String> NUMBERS = Set.of("retries");

    // ArrayList inside, since XStream writes that plainly; given out unmodifiable.
    private volatile List<HostType> hostTypes = new ArrayList<>();
    private volatile List<Builder> builders = new ArrayList<>();
    private volatile List<SharedRules> ruleSets = new ArrayList<>();
    private volatile List<String> controllerUrls = new ArrayList<>();
    private volatile String minimumBuildlet = "";
    private volatile Releases releases;
    /** It is not this Jenkins's: it is never saved, and nobody is told of its changes. */
    private final transient boolean draft;

    /** A draft has that of what it is a draft of. */
    private final transient ConfigurationFile onDisk;

    private final transient CompiledPolicy policy = new CompiledPolicy();
    private volatile List<String> reviewedJobs = new ArrayList<>();
    private volatile List<PipelineTemplate> pipelineTemplates = new ArrayList<>();
    private volatile String jobFolder = "";
    private volatile int retries = GeneralSettings.DEFAULT_RETRIES;

    /** Held while a list is read, changed and put back; no other lock is taken under it. */
    private final transient Object editing = new Object();

    /** This Jenkins's; Jenkins makes it. */
    public BuilderFarmConfiguration() {
        draft = false;
        onDisk = new ConfigurationFile();
    }

    /** A draft. */
    private BuilderFarmConfiguration(ConfigurationFile onDisk) {
        draft = true;
        this.onDisk = onDisk;
    }

    public static BuilderFarmConfiguration get() {
        return ExtensionList.lookupSingleton(BuilderFarmConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Builder Farm";
    }

    public List<HostType> getHostTypes() {
        return Collections.unmodifiableList(hostTypes);
    }

    /** @throws IllegalArgumentException if two have the same name */
    @DataBoundSetter
    public void setHostTypes(List<HostType> hostTypes) {
        change(now -> Named.hostTypes(hostTypes), now -> now);
    }

    public Optional<HostType> hostType(String name) {
        return hostTypes.stream().filter(type -> type.getName().equals(name)).findFirst();
    }

    public List<Builder> getBuilders() {
        return Collections.unmodifiableList(builders);
    }

    /** @throws IllegalArgumentException if two have the same name */
    @DataBoundSetter
    public void setBuilders(List<Builder> builders) {
        change(now -> now, now -> Named.builders(builders));
    }

    public Optional<Builder> builder(String name) {
        return builders.stream()
                .filter(builder -> builder.getName().equals(name))
                .findFirst();
    }

    /** The rules that builders share. */
    public List<SharedRules> getRuleSets() {
        return Collections.unmodifiableList(ruleSets);
    }

    /** @throws IllegalArgumentException if two have the same name */
    @DataBoundSetter
    public void setRuleSets(List<SharedRules> ruleSets) {
        this.ruleSets = Named.ruleSets(ruleSets);
        save();
    }

    /** Which builder builds what, as it is configured now. Cheap unless the configuration changed. */
    public RepositoryPolicy policy() {
        return policy.of(ruleSets, builders);
    }

    /** Changes both lists at once, as they are when nobody else changes them; saves and tells listeners. */
    void change(UnaryOperator<List<HostType>> hostTypeChange, UnaryOperator<List<Builder>> builderChange) {
        synchronized (editing) {
            List<HostType> newHostTypes = hostTypeChange.apply(hostTypes);
            List<Builder> newBuilders = builderChange.apply(builders);
            hostTypes = new ArrayList<>(newHostTypes);
            builders = new ArrayList<>(newBuilders);
        }
        // Without the lock: listeners may take their own.
        save();
    }

    /** The URLs beside Jenkins's own under which machines may know this controller. */
    public List<String> getControllerUrls() {
        return Collections.unmodifiableList(controllerUrls);
    }

    /** @throws IllegalArgumentException if one can't be a controller's URL */
    @DataBoundSetter
    public void setControllerUrls(List<String> controllerUrls) {
        this.controllerUrls = GeneralSettings.canonical(controllerUrls);
        save();
    }

    /** The oldest buildlet version that any host type lets in; empty for any. */
    public String getMinimumBuildlet() {
        return minimumBuildlet;
    }

    /** @throws IllegalArgumentException if it is neither empty nor a version */
    @DataBoundSetter
    public void setMinimumBuildlet(String minimumBuildlet) {
        this.minimumBuildlet = GeneralSettings.version(minimumBuildlet);
        save();
    }

    /** Where buildlet releases come from; null if the controller isn't told. */
    public Releases getReleases() {
        return releases;
    }

    @DataBoundSetter
    public void setReleases(Releases releases) {
        this.releases = releases;
        save();
    }

    /** Jobs of which an administrator says that they build reviewed code only: see {@link JobPatterns}. */
    public List<String> getReviewedJobs() {
        return Collections.unmodifiableList(reviewedJobs);
    }

    /** @throws IllegalArgumentException if one can't match any job */
    @DataBoundSetter
    public void setReviewedJobs(List<String> reviewedJobs) {
        this.reviewedJobs = JobPatterns.checked(reviewedJobs);
        save();
    }

    public List<PipelineTemplate> getPipelineTemplates() {
        return Collections.unmodifiableList(pipelineTemplates);
    }

    /** @throws IllegalArgumentException if two have the same name */
    @DataBoundSetter
    public void setPipelineTemplates(List<PipelineTemplate> pipelineTemplates) {
        this.pipelineTemplates = Named.templates(pipelineTemplates);
        save();
    }

    /** The full name of the folder in which builders' jobs are made; empty for none. */
    public String getJobFolder() {
        return jobFolder;
    }

    @DataBoundSetter
    public void setJobFolder(String jobFolder) {
        this.jobFolder = Util.fixNull(jobFolder).trim();
        save();
    }

    /** How often a build is done again whose machine vanished; 0 for never. */
    public int getRetries() {
        return retries;
    }

    /** @throws IllegalArgumentException if it is negative or large */
    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = GeneralSettings.retries(retries);
        save();
    }

    /** What doesn't fit together, a sentence each; empty if all does. */
    public List<String> problems() {
        List<String> problems = Problems.of(
                hostTypes, builders, new ThisJenkins(this), Jenkins.get().getRootUrl());
        policy().problems().forEach(problem -> problems.add("Rules of " + problem));
        onDisk.problem().ifPresent(problems::add);
        return problems;
    }

    /**
     * The general settings, all at once or not at all: the whole form is bound before the first value changes. Host types
     * and builders have pages of their own and stay as they are.
     */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        GeneralSettings settings = GeneralSettings.bind(req, json);
        try (BulkChange change = new BulkChange(this)) {
            take(settings);
            change.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("the farm's configuration could not be saved", e);
        }
        return true;
    }

    @POST
    public FormValidation doCheckControllerUrls(@QueryParameter String value) {
        return Check.that(value, urls -> GeneralSettings.canonical(Lines.of(urls)));
    }

    @POST
    public FormValidation doCheckReviewedJobs(@QueryParameter String value) {
        return Check.that(value, jobs -> JobPatterns.checked(Lines.of(jobs)));
    }

    @POST
    public FormValidation doCheckRetries(@QueryParameter String value) {
        return Check.thatIfAny(value, number -> GeneralSettings.retries(Integer.parseInt(number)));
    }

    @POST
    public FormValidation doCheckMinimumBuildlet(@QueryParameter String value) {
        return Check.that(value, GeneralSettings::version);
    }

    /** A copy to try changes on: they are neither saved nor told to anybody. */
    public BuilderFarmConfiguration draft() {
        BuilderFarmConfiguration copy = new BuilderFarmConfiguration(onDisk);
        ConfigurationXml.into(toXml().text(), copy);
        copy.fill();
        return copy;
    }

    /** Takes over all that a draft says, at once. */
    public void replaceBy(BuilderFarmConfiguration other) {
        try (BulkChange change = new BulkChange(this)) {
            hostTypes = other.hostTypes;
            builders = other.builders;
            take(other.settings());
            change.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("the farm's configuration could not be saved", e);
        }
    }

    private GeneralSettings settings() {
        return new GeneralSettings(
                ruleSets,
                controllerUrls,
                minimumBuildlet,
                releases,
                reviewedJobs,
                pipelineTemplates,
                jobFolder,
                retries);
    }

    private void take(GeneralSettings settings) {
        ruleSets = settings.ruleSets();
        controllerUrls = settings.controllerUrls();
        minimumBuildlet = settings.minimumBuildlet();
        releases = settings.releases();
        reviewedJobs = settings.reviewedJobs();
        pipelineTemplates = settings.pipelineTemplates();
        jobFolder = settings.jobFolder();
        retries = settings.retries();
    }

    /** As it is saved. */
    public FarmXml toXml() {
        return onDisk.xml(this);
    }

    /** A copy of the rest, which is neither saved nor told to anybody. */
    BuilderFarmConfiguration withoutEntries() {
        BuilderFarmConfiguration copy = new BuilderFarmConfiguration(onDisk);
        copy.take(settings());
        return copy;
    }

    /** As it was written last since Jenkins started, or should have been if the disk was full; empty if nothing was saved. */
    public Optional<FarmXml> savedXml() {
        return onDisk.written();
    }

    @Override
    protected XmlFile getConfigFile() {
        return ConfigurationXml.in(super.getConfigFile().getFile());
    }

    /** Listeners are told without a lock of this object, so that they may read and take their own. */
    @Override
    public void save() {
        if (draft || BulkChange.contains(this)) {
            return;
        }
        onDisk.write(this, getConfigFile());
        Listeners.notify(ConfigurationListener.class, false, listener -> listener.changed(this));
    }

    /** Jenkins calls it at startup; its "reload configuration from disk" leaves plugins' settings as they are. */
    @Override
    public void load() {
        super.load();
        fill();
    }

    /** XStream skips the initial values: what an older file lacks is filled in. */
    private void fill() {
        hostTypes = hostTypes == null ? new ArrayList<>() : hostTypes;
        builders = builders == null ? new ArrayList<>() : builders;
        ruleSets = ruleSets == null ? new ArrayList<>() : ruleSets;
        controllerUrls = Lines.clean(controllerUrls);
        minimumBuildlet = Util.fixNull(minimumBuildlet);
        reviewedJobs = Lines.clean(reviewedJobs);
        pipelineTemplates = pipelineTemplates == null ? new ArrayList<>() : pipelineTemplates;
        jobFolder = Util.fixNull(jobFolder);
    }
}
