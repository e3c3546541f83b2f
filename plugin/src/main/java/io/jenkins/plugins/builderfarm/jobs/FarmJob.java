package io.jenkins.plugins.builderfarm.jobs;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;
import io.jenkins.plugins.builderfarm.coordinator.jobs.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import jenkins.security.HMACConfidentialKey;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The mark on a job that the farm made for a builder. Sealed for the job's name with a key of this controller, so that
 * who writes or copies a job's configuration can't make a job the farm's. Immutable.
 */
public final class FarmJob extends JobProperty<Job<?, ?>> {
    static final String ELEMENT = "builder-farm-job";
    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(FarmJob.class, "seal");

    private final String builder;
    private final String digest;
    private final boolean retired;
    private final String seal;

    private FarmJob(Owner owner, String seal) {
        builder = owner.builder();
        digest = owner.digest();
        retired = owner.retired();
        this.seal = seal;
    }

    static FarmJob sealed(Owner owner, String fullName) {
        return new FarmJob(owner, KEY.mac(text(owner, fullName)));
    }

    private static String text(Owner owner, String fullName) {
        return String.join("\n", owner.builder(), owner.digest(), Boolean.toString(owner.retired()), fullName);
    }

    /** What the mark says, whether it is genuine or not. */
    Owner owner() {
        return new Owner(builder == null ? "" : builder, digest == null ? "" : digest, retired);
    }

    /** Whether this controller's farm made the mark for a job of that full name. */
    boolean isGenuine(String fullName) {
        return seal != null
                && MessageDigest.isEqual(
                        seal.getBytes(StandardCharsets.UTF_8),
                        KEY.mac(text(owner(), fullName)).getBytes(StandardCharsets.UTF_8));
    }

    /** Its own part of the job's configuration file. */
    String xml() {
        return Items.XSTREAM2.toXML(this);
    }

    /** Forms know nothing of it: a job that is saved keeps its mark. */
    @Override
    public JobProperty<?> reconfigure(StaplerRequest2 req, JSONObject form) {
        return this;
    }

    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Items.XSTREAM2.alias(ELEMENT, FarmJob.class);
    }

    @Extension
    public static final class DescriptorImpl extends JobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Made by Builder Farm";
        }

        /** Nobody adds one by hand. */
        @Override
        public JobProperty<?> newInstance(StaplerRequest2 req, JSONObject form) {
            return null;
        }
    }
}
