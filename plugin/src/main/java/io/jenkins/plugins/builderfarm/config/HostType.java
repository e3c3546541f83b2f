package io.jenkins.plugins.builderfarm.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * A kind of machine. Configured through setters as Jenkins wants it, never changed once it is in
 * {@link BuilderFarmConfiguration}.
 */
public final class HostType implements Describable<HostType> {
    private final String name;
    private final HostTypeSource source;
    private String platform = "";
    private String image = "";
    private List<Owner> owners = new ArrayList<>();
    private String notes = "";
    private Trust trust = Trust.REVIEWED;
    private Use use = Use.LISTED;
    private List<String> jobs = new ArrayList<>();
    private boolean disabled;
    private boolean hermetic;
    private boolean rebootAfterBuild;
    private String minimumBuildlet = "";
    private List<EnvironmentVariable> environment = new ArrayList<>();

    /** @throws IllegalArgumentException if the name can't be that of a host type, or there is no source */
    @DataBoundConstructor
    public HostType(String name, HostTypeSource source) {
        this.name = new HostTypeName(Util.fixNull(name).trim()).value();
        if (source == null) {
            throw new IllegalArgumentException("host type " + name + " has no source");
        }
        this.source = source;
    }

    public String getName() {
        return name;
    }

    public HostTypeName hostTypeName() {
        return new HostTypeName(name);
    }

    public HostTypeSource getSource() {
        return source;
    }

    /** The reverse pool's settings, if that is where this host type's machines come from. */
    public Optional<ReversePool> reversePool() {
        return source instanceof ReversePool pool ? Optional.of(pool) : Optional.empty();
    }

    /** Operating system and architecture as people name them, {@code linux-riscv64}; may be empty. */
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(String platform) {
        this.platform = Util.fixNull(platform).trim();
    }

    /** The image or machine kind behind it, for people; may be empty. */
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixNull(image).trim();
    }

    /** Who to ask about these machines; may be empty. */
    public List<Owner> getOwners() {
        return Collections.unmodifiableList(owners);
    }

    @DataBoundSetter
    public void setOwners(List<Owner> owners) {
        this.owners = owners == null ? new ArrayList<>() : new ArrayList<>(owners);
    }

    /** The owners in one line, for people; empty if there are none. */
    public String contact() {
        return owners.stream().map(Owner::contact).collect(Collectors.joining(", "));
    }

    public String getNotes() {
        return notes;
    }

    @DataBoundSetter
    public void setNotes(String notes) {
        this.notes = Util.fixNull(notes);
    }

    public Trust getTrust() {
        return trust;
    }

    @DataBoundSetter
    public void setTrust(Trust trust) {
        this.trust = Objects.requireNonNullElse(trust, Trust.REVIEWED);
    }

    /** Which jobs may ask for these machines. */
    public Use getUse() {
        return use;
    }

    @DataBoundSetter
    public void setUse(Use use) {
        this.use = Objects.requireNonNullElse(use, Use.LISTED);
    }

    /** Jobs that may ask for these machines, if {@link Use#LISTED} ones may: see {@link JobPatterns}. */
    public List<String> getJobs() {
        return Collections.unmodifiableList(jobs);
    }

    /** @throws IllegalArgumentException if one can't match any job */
    @DataBoundSetter
    public void setJobs(List<String> jobs) {
        this.jobs = JobPatterns.checked(jobs);
    }

    public boolean isDisabled() {
        return disabled;
    }

    @DataBoundSetter
    public void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }

    /** Whether every build finds a fresh environment, not just a clean work directory. */
    public boolean isHermetic() {
        return hermetic;
    }

    @DataBoundSetter
    public void setHermetic(boolean hermetic) {
        this.hermetic = hermetic;
    }

    public boolean isRebootAfterBuild() {
        return rebootAfterBuild;
    }

    @DataBoundSetter
    public void setRebootAfterBuild(boolean rebootAfterBuild) {
        this.rebootAfterBuild = rebootAfterBuild;
    }

    /** The oldest buildlet version that is let in; empty for any. */
    public String getMinimumBuildlet() {
        return minimumBuildlet;
    }

    @DataBoundSetter
    public void setMinimumBuildlet(String minimumBuildlet) {
        this.minimumBuildlet = GeneralSettings.version(minimumBuildlet);
    }

    public Optional<Version> minimumBuildletVersion() {
        return minimumBuildlet.isEmpty() ? Optional.empty() : Optional.of(new Version(minimumBuildlet));
    }

    public List<EnvironmentVariable> getEnvironment() {
        return Collections.unmodifiableList(environment);
    }

    @DataBoundSetter
    public void setEnvironment(List<EnvironmentVariable> environment) {
        this.environment = EnvironmentVariable.distinct(environment);
    }

    /** XStream skips the constructor: an older file's gaps get the defaults, and what is refused elsewhere is here too. */
    private Object readResolve() {
        return copy(name);
    }

    /** The same under another name. */
    public HostType copy(String newName) {
        return copy(newName, source);
    }

    /** The same with another source. */
    public HostType withSource(HostTypeSource newSource) {
        return copy(name, newSource);
    }

    private HostType copy(String newName, HostTypeSource newSource) {
        HostType read = new HostType(newName, newSource);
        read.setPlatform(platform);
        read.setImage(image);
        read.setOwners(owners);
        read.setNotes(notes);
        read.setTrust(trust);
        read.setUse(use);
        read.setJobs(jobs);
        read.setDisabled(disabled);
        read.setHermetic(hermetic);
        read.setRebootAfterBuild(rebootAfterBuild);
        read.setMinimumBuildlet(minimumBuildlet);
        read.setEnvironment(environment);
        return read;
    }

    @Extension
    @Symbol("hostType")
    public static final class DescriptorImpl extends Descriptor<HostType> {
        @Override
        public String getDisplayName() {
            return "Host type";
        }

        /** For the form. */
        public Descriptor<?> getDefaultSource() {
            return Jenkins.get().getDescriptorOrDie(ReversePool.class);
        }

        /** For the form: what can be chosen, and what there is if its plugin is gone. */
        public List<Descriptor<HostTypeSource>> getSources(@CheckForNull HostType instance) {
            boolean missing = instance != null && instance.getSource() instanceof MissingSource;
            return Jenkins.get().getDescriptorList(HostTypeSource.class).stream()
                    .filter(source -> missing || source.clazz != MissingSource.class)
                    .toList();
        }

        @Override
        public HostType newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            HostType bound = super.newInstance(req, Lines.split(formData, "jobs"));
            return MissingSource.restored(bound, formData.optString("original"));
        }

        @POST
        public FormValidation doCheckJobs(@QueryParameter String value) {
            return Check.that(value, jobs -> JobPatterns.checked(Lines.of(jobs)));
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value, @QueryParameter String original) {
            FormValidation check = Check.thatName(Entries.hostTypes(), value, original, HostTypeName::new);
            return check.kind == FormValidation.Kind.OK && isRenamedPool(value.trim(), Util.fixNull(original))
                    ? FormValidation.warning(RetiredHostTypes.renamed(original.trim(), value.trim()))
                    : check;
        }

        private static boolean isRenamedPool(String name, String original) {
            return !name.equals(original)
                    && Entries.hostTypes()
                            .find(original)
                            .flatMap(HostType::reversePool)
                            .isPresent();
        }

        @POST
        public FormValidation doCheckMinimumBuildlet(@QueryParameter String value) {
            return Check.thatIfAny(value, Version::new);
        }
    }
}
