package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Another cloud of this Jenkins makes the machines, under a label that it serves. */
public final class ExistingCloud extends HostTypeSource {
    /** The farm's own cloud: a host type can't come from itself. */
    public static final String FARM = "builder-farm";

    /** The fields that are numbers. */
    public static final Set<String> NUMBERS = Set.of("executors");

    private static final int MOST_EXECUTORS = 1000;

    private final String cloud;
    private final String label;
    private int executors;

    /**
     * @param cloud the name of a cloud of this Jenkins; it may be configured later
     * @param label what that cloud knows the machines by
     */
    @DataBoundConstructor
    public ExistingCloud(String cloud, String label) {
        this.cloud = Util.fixNull(cloud).trim();
        this.label = Util.fixNull(label).trim();
        if (this.cloud.isEmpty() || this.label.isEmpty()) {
            throw new IllegalArgumentException("a host type on an existing cloud names the cloud and the label there");
        }
        if (this.cloud.equals(FARM)) {
            throw new IllegalArgumentException(
                    "cloud '" + FARM + "' is the farm itself: a host type on it would wait for its own machines");
        }
    }

    /** XStream skips the constructor: what it would refuse is refused here. */
    private Object readResolve() {
        ExistingCloud read = new ExistingCloud(cloud, label);
        read.setExecutors(executors);
        return read;
    }

    public String getCloud() {
        return cloud;
    }

    public String getLabel() {
        return label;
    }

    /** How many builds at once a node of the cloud runs; 0 if that is the cloud's to say. */
    public int getExecutors() {
        return executors;
    }

    /** @throws IllegalArgumentException if it is negative or absurd */
    @DataBoundSetter
    public void setExecutors(int executors) {
        this.executors = WholeNumber.upTo(MOST_EXECUTORS, "executors", executors);
    }

    @Extension
    @Symbol("cloud")
    public static final class DescriptorImpl extends Descriptor<HostTypeSource> implements CheckedForm {
        @Override
        public String getDisplayName() {
            return "A cloud of this Jenkins";
        }

        @Override
        public void checkForm(JSONObject form) {
            WholeNumber.requireAll(form, NUMBERS);
        }

        /** Only a warning if the cloud isn't there: it may be configured later. */
        @POST
        public FormValidation doCheckCloud(@QueryParameter String value) {
            return Check.that(value, name -> {
                if (name.isEmpty()) {
                    throw new IllegalArgumentException("Name a cloud of this Jenkins.");
                }
                new ExistingCloud(name, "any");
                return warning(Problems.cloud(name, new ThisJenkins()));
            });
        }

        /** Only a warning if the cloud doesn't serve it: that may be configured later. */
        @POST
        public FormValidation doCheckLabel(@QueryParameter String value, @QueryParameter String cloud) {
            return Check.that(value, label -> {
                if (label.isEmpty()) {
                    throw new IllegalArgumentException("Name a label that the cloud serves.");
                }
                String name = Util.fixNull(cloud).trim();
                return warning(name.isEmpty() ? Optional.empty() : Problems.label(name, label, new ThisJenkins()));
            });
        }

        @POST
        public FormValidation doCheckExecutors(@QueryParameter String value) {
            return Check.that(value, number -> {
                new ExistingCloud("any", "any").setExecutors(Integer.parseInt(number));
                return FormValidation.ok();
            });
        }

        private static FormValidation warning(Optional<String> problem) {
            return problem.map(FormValidation::warning).orElse(FormValidation.ok());
        }

        @POST
        public ComboBoxModel doFillCloudItems() {
            Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
            return new ComboBoxModel(Jenkins.get().clouds.stream()
                    .map(cloud -> cloud.name)
                    .filter(name -> !name.equals(FARM))
                    .toList());
        }
    }
}
