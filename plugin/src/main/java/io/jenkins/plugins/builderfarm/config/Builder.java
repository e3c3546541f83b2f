package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.coordinator.policy.BuilderPolicy;
import io.jenkins.plugins.builderfarm.protocol.name.BuilderName;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What to build on a host type and how (a build config). Configured through setters as Jenkins wants it, never changed
 * once it is in {@link BuilderFarmConfiguration}.
 */
public final class Builder implements Describable<Builder> {
    /** The fields that are numbers. */
    public static final Set<String> NUMBERS = Set.of("timeoutScale");

    private final String name;
    private final String hostType;
    private String template = "";
    private String rules = "";
    private String notes = "";
    private boolean disabled;
    private boolean tryOnly;
    private boolean compileOnly;
    private boolean flakyNetwork;
    private int timeoutScale;
    private List<EnvironmentVariable> environment = new ArrayList<>();
    private List<String> knownIssues = new ArrayList<>();
    private List<EnvironmentVariable> placeholders = new ArrayList<>();

    /** @throws IllegalArgumentException if a name isn't valid; whether the host type is there is the farm's to check */
    @DataBoundConstructor
    public Builder(String name, String hostType) {
        this.name = new BuilderName(Util.fixNull(name).trim()).value();
        this.hostType = new HostTypeName(Util.fixNull(hostType).trim()).value();
    }

    public String getName() {
        return name;
    }

    public String getHostType() {
        return hostType;
    }

    /** What this builder's job is made from: a Pipeline template's name, or a job's full name; may be empty. */
    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixNull(template).trim();
    }

    /** What it builds, one rule a line; empty for what the rule set {@code default} says. */
    public String getRules() {
        return rules;
    }

    /** @throws IllegalArgumentException if the text isn't rules; it names what is wrong and where */
    @DataBoundSetter
    public void setRules(String rules) {
        String plain = Lines.plain(rules);
        BuilderPolicy.of(name, plain);
        this.rules = plain;
    }

    public String getNotes() {
        return notes;
    }

    @DataBoundSetter
    public void setNotes(String notes) {
        this.notes = Util.fixNull(notes);
    }

    public boolean isDisabled() {
        return disabled;
    }

    @DataBoundSetter
    public void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }

    /** Runs pre-submit only. */
    public boolean isTryOnly() {
        return tryOnly;
    }

    @DataBoundSetter
    public void setTryOnly(boolean tryOnly) {
        this.tryOnly = tryOnly;
    }

    /** Builds without running tests, since the platform isn't that of the host type. */
    public boolean isCompileOnly() {
        return compileOnly;
    }

    @DataBoundSetter
    public void setCompileOnly(boolean compileOnly) {
        this.compileOnly = compileOnly;
    }

    /** Tests that use the outside network fail here now and then. */
    public boolean isFlakyNetwork() {
        return flakyNetwork;
    }

    @DataBoundSetter
    public void setFlakyNetwork(boolean flakyNetwork) {
        this.flakyNetwork = flakyNetwork;
    }

    /** How many times longer than others it may take, as configured; 0 for what {@link TimeoutScale} makes of that. */
    public int getTimeoutScale() {
        return timeoutScale;
    }

    /** @throws IllegalArgumentException if it is negative or beyond {@link TimeoutScale#MOST} */
    @DataBoundSetter
    public void setTimeoutScale(int timeoutScale) {
        this.timeoutScale = TimeoutScale.checked(timeoutScale);
    }

    /** What placeholders of the job template stand for, for this builder. */
    public List<EnvironmentVariable> getPlaceholders() {
        return Collections.unmodifiableList(placeholders);
    }

    @DataBoundSetter
    public void setPlaceholders(List<EnvironmentVariable> placeholders) {
        this.placeholders = EnvironmentVariable.distinct(placeholders);
    }

    public List<EnvironmentVariable> getEnvironment() {
        return Collections.unmodifiableList(environment);
    }

    @DataBoundSetter
    public void setEnvironment(List<EnvironmentVariable> environment) {
        this.environment = EnvironmentVariable.distinct(environment);
    }

    /** Issue references that explain this builder's failures. */
    public List<String> getKnownIssues() {
        return Collections.unmodifiableList(knownIssues);
    }

    @DataBoundSetter
    public void setKnownIssues(List<String> knownIssues) {
        this.knownIssues = Lines.clean(knownIssues);
    }

    BuilderPolicy policy() {
        return BuilderPolicy.of(name, rules)
                .withTryOnly(tryOnly)
                .withDisabled(disabled)
                .withKnownIssues(knownIssues);
    }

    /** XStream skips the constructor: an older file's gaps get the defaults, and what is refused elsewhere is here too. */
    private Object readResolve() {
        return copy(name, hostType);
    }

    /** The same under another name, or for another host type. */
    public Builder copy(String newName, String newHostType) {
        Builder read = new Builder(newName, newHostType);
        read.setTemplate(template);
        read.setRules(rules);
        read.setNotes(notes);
        read.setDisabled(disabled);
        read.setTryOnly(tryOnly);
        read.setCompileOnly(compileOnly);
        read.setFlakyNetwork(flakyNetwork);
        read.setTimeoutScale(timeoutScale);
        read.setEnvironment(environment);
        read.setKnownIssues(knownIssues);
        read.setPlaceholders(placeholders);
        return read;
    }

    @Extension
    @Symbol("builder")
    public static final class DescriptorImpl extends Descriptor<Builder> {
        @Override
        public String getDisplayName() {
            return "Builder";
        }

        @Override
        public Builder newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            WholeNumber.requireAll(formData, NUMBERS);
            return super.newInstance(req, Lines.split(formData, "knownIssues"));
        }

        @POST
        public FormValidation doCheckTimeoutScale(@QueryParameter String value) {
            return Check.thatIfAny(value, number -> TimeoutScale.checked(Integer.parseInt(number)));
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value, @QueryParameter String original) {
            return Check.thatName(Entries.builders(), value, original, BuilderName::new);
        }

        @POST
        public FormValidation doCheckRules(@QueryParameter String value) {
            return Check.that(value, rules -> BuilderPolicy.of("here", rules));
        }

        /** Only a warning if the job isn't there: it may be made later. */
        @POST
        public FormValidation doCheckTemplate(@QueryParameter String value) {
            return Check.that(value, name -> Problems.template(name, new ThisJenkins())
                    .map(FormValidation::warning)
                    .orElse(FormValidation.ok()));
        }

        /** Only a warning if the host type isn't there: it may be made later. */
        @POST
        public FormValidation doCheckHostType(@QueryParameter String value) {
            FormValidation check = Check.that(value, HostTypeName::new);
            boolean known =
                    BuilderFarmConfiguration.get().hostType(value.trim()).isPresent();
            return check.kind == FormValidation.Kind.OK && !known
                    ? FormValidation.warning("There is no host type of this name.")
                    : check;
        }

        @POST
        public ComboBoxModel doFillHostTypeItems() {
            Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
            return new ComboBoxModel(BuilderFarmConfiguration.get().getHostTypes().stream()
                    .map(HostType::getName)
                    .toList());
        }
    }
}
