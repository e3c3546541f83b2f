package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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

    private static final int MOST = 100_000;

    private int expected;
    private int spares = DEFAULT_SPARES;
    private List<String> deniedMachines = new ArrayList<>();
    private List<String> pinnedMachines = new ArrayList<>();

    @DataBoundConstructor
    public ReversePool() {}

    /** How many machines there should be; 0 if nobody counts on any. */
    public int getExpected() {
        return expected;
    }

    @DataBoundSetter
    public void setExpected(int expected) {
        this.expected = inRange("expected", expected);
    }

    /** How many machines are kept ready with a connected agent ahead of need; 0 for none. */
    public int getSpares() {
        return spares;
    }

    @DataBoundSetter
    public void setSpares(int spares) {
        this.spares = inRange("spares", spares);
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

    /** XStream skips the constructor: an older file's gaps get the defaults, and what is refused elsewhere is here too. */
    private Object readResolve() {
        ReversePool read = new ReversePool();
        read.setExpected(expected);
        read.setSpares(spares);
        read.setDeniedMachines(deniedMachines);
        read.setPinnedMachines(pinnedMachines);
        return read;
    }

    private static int inRange(String field, int value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException("'" + field + "' is " + value + ", which is not between 0 and " + MOST);
        }
        return value;
    }

    private static List<String> hostnames(List<String> names) {
        List<String> hostnames = Lines.clean(names);
        hostnames.forEach(Hostname::new);
        return hostnames;
    }

    @Extension
    @Symbol("reversePool")
    public static final class DescriptorImpl extends Descriptor<HostTypeSource> {
        @Override
        public String getDisplayName() {
            return "Reverse pool: machines dial in";
        }

        /** For the form. */
        public int getDefaultSpares() {
            return DEFAULT_SPARES;
        }

        @Override
        public ReversePool newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            Lines.split(formData, "deniedMachines");
            Lines.split(formData, "pinnedMachines");
            return (ReversePool) super.newInstance(req, formData);
        }

        @POST
        public FormValidation doCheckExpected(@QueryParameter String value) {
            return Check.that(value, number -> inRange("expected", Integer.parseInt(number)));
        }

        @POST
        public FormValidation doCheckSpares(@QueryParameter String value) {
            return Check.that(value, number -> inRange("spares", Integer.parseInt(number)));
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
