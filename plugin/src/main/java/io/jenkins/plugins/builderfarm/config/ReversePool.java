package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The machines dial in by themselves and prove the host type's builder key. */
public final class ReversePool extends HostTypeSource {
    /** How many machines are kept leased and connected ahead of need, unless configured. */
    public static final int DEFAULT_SPARES = 1;

    /** The fields that are numbers. */
    public static final Set<String> NUMBERS = Set.of("expected", "spares", "leaseLimit", "buildLimit");

    private static final int MOST = 100_000;

    private int expected;
    private List<String> expectedMachines = new ArrayList<>();
    private int spares = DEFAULT_SPARES;
    private List<String> deniedMachines = new ArrayList<>();
    private List<String> pinnedMachines = new ArrayList<>();
    private int leaseLimit;
    private int buildLimit;

    @DataBoundConstructor
    public ReversePool() {}

    /** How many machines there should be; 0 if nobody counts on any. */
    public int getExpected() {
        return expected;
    }

    @DataBoundSetter
    public void setExpected(int expected) {
        this.expected = WholeNumber.upTo(MOST, "expected", expected);
    }

    /** The hostnames of machines that should be there; there may be others too. */
    public List<String> getExpectedMachines() {
        return Collections.unmodifiableList(expectedMachines);
    }

    /** @throws IllegalArgumentException if one can't be a hostname */
    @DataBoundSetter
    public void setExpectedMachines(List<String> expectedMachines) {
        this.expectedMachines = hostnames(expectedMachines);
    }

    public Set<Hostname> expectedHostnames() {
        return expectedMachines.stream().map(Hostname::new).collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many machines there should be by number and by name: the greater of the two. */
    public int expectedInAll() {
        return Math.max(expected, expectedHostnames().size());
    }

    /** How many machines are kept ready with a connected agent ahead of need; 0 for none. */
    public int getSpares() {
        return spares;
    }

    @DataBoundSetter
    public void setSpares(int spares) {
        this.spares = WholeNumber.upTo(MOST, "spares", spares);
    }

    /** The hostnames of machines that are not let in, whatever key they have. */
    public List<String> getDeniedMachines() {
        return Collections.unmodifiableList(deniedMachines);
    }

    /** @throws IllegalArgumentException if one can't be a hostname */
    @DataBoundSetter
    public void setDeniedMachines(List<String> deniedMachines) {
        this.deniedMachines = hostnames(deniedMachines);
    }

    public Set<Hostname> deniedHostnames() {
        return deniedMachines.stream().map(Hostname::new).collect(Collectors.toSet());
    }

    /** If there are any, the hostnames of the only machines that are let in. */
    public List<String> getPinnedMachines() {
        return Collections.unmodifiableList(pinnedMachines);
    }

    /** @throws IllegalArgumentException if one can't be a hostname */
    @DataBoundSetter
    public void setPinnedMachines(List<String> pinnedMachines) {
        this.pinnedMachines = hostnames(pinnedMachines);
    }

    public Set<Hostname> pinnedHostnames() {
        return pinnedMachines.stream().map(Hostname::new).collect(Collectors.toSet());
    }

    /** After how many minutes with a build a lease is ended whatever runs; 0 for never. */
    public int getLeaseLimit() {
        return leaseLimit;
    }

    @DataBoundSetter
    public void setLeaseLimit(int leaseLimit) {
        this.leaseLimit = WholeNumber.upTo(MOST, "leaseLimit", leaseLimit);
    }

    /** After how many minutes on a machine a build is aborted; 0 for never. */
    public int getBuildLimit() {
        return buildLimit;
    }

    @DataBoundSetter
    public void setBuildLimit(int buildLimit) {
        this.buildLimit = WholeNumber.upTo(MOST, "buildLimit", buildLimit);
    }

    /** The two limits can come in any order: whether they fit together is {@link Problems}' to say. */
    Optional<String> limitsProblem() {
        return leaseLimit > 0 && buildLimit > 0 && leaseLimit <= buildLimit
                ? Optional.of("the lease limit of " + leaseLimit + " minutes ends builds before their own limit of "
                        + buildLimit + " does")
                : Optional.empty();
    }

    /** XStream skips the constructor: an older file's gaps get the defaults, and what is refused elsewhere is here too. */
    private Object readResolve() {
        return copy();
    }

    /** The same, to be changed. */
    public ReversePool copy() {
        ReversePool read = new ReversePool();
        read.setExpected(expected);
        read.setExpectedMachines(expectedMachines);
        read.setSpares(spares);
        read.setDeniedMachines(deniedMachines);
        read.setPinnedMachines(pinnedMachines);
        read.setLeaseLimit(leaseLimit);
        read.setBuildLimit(buildLimit);
        return read;
    }

    private static List<String> hostnames(List<String> names) {
        List<String> hostnames = Lines.clean(names);
        hostnames.forEach(Hostname::new);
        return hostnames;
    }

    @Extension
    @Symbol("reversePool")
    public static final class DescriptorImpl extends Descriptor<HostTypeSource> implements CheckedForm {
        @Override
        public String getDisplayName() {
            return "Reverse pool: machines dial in";
        }

        @Override
        public void checkForm(JSONObject form) {
            WholeNumber.requireAll(form, NUMBERS);
        }

        /** For the form. */
        public int getDefaultSpares() {
            return DEFAULT_SPARES;
        }

        @Override
        public ReversePool newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            Lines.split(formData, "expectedMachines");
            Lines.split(formData, "deniedMachines");
            Lines.split(formData, "pinnedMachines");
            return (ReversePool) super.newInstance(req, formData);
        }

        @POST
        public FormValidation doCheckExpected(@QueryParameter String value) {
            return Check.that(value, number -> WholeNumber.upTo(MOST, "expected", Integer.parseInt(number)));
        }

        @POST
        public FormValidation doCheckExpectedMachines(@QueryParameter String value) {
            return Check.that(value, names -> hostnames(Lines.of(names)));
        }

        @POST
        public FormValidation doCheckLeaseLimit(@QueryParameter String value, @QueryParameter String buildLimit) {
            return Check.that(value, number -> {
                ReversePool pool = new ReversePool();
                pool.setLeaseLimit(Integer.parseInt(number));
                pool.setBuildLimit(Check.number(buildLimit));
                return pool.limitsProblem().map(FormValidation::warning).orElse(FormValidation.ok());
            });
        }

        @POST
        public FormValidation doCheckBuildLimit(@QueryParameter String value) {
            return Check.that(value, number -> WholeNumber.upTo(MOST, "buildLimit", Integer.parseInt(number)));
        }

        @POST
        public FormValidation doCheckSpares(@QueryParameter String value) {
            return Check.that(value, number -> WholeNumber.upTo(MOST, "spares", Integer.parseInt(number)));
        }

        @POST
        public FormValidation doCheckDeniedMachines(@QueryParameter String value) {
            return Check.that(value, names -> hostnames(Lines.of(names)));
        }

        @POST
        public FormValidation doCheckPinnedMachines(@QueryParameter String value) {
            return Check.that(value, names -> hostnames(Lines.of(names)));
        }
    }
}
