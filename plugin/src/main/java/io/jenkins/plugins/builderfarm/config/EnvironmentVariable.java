package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A variable that builds of a host type or builder find in their environment. Immutable. */
public final class EnvironmentVariable implements Describable<EnvironmentVariable>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String name;
    private final String value;

    /** @throws IllegalArgumentException if the name can't be that of an environment variable */
    @DataBoundConstructor
    public EnvironmentVariable(String name, String value) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' can't be the name of an environment variable: letters, digits and '_', no digit first");
        }
        this.name = name;
        this.value = value == null ? "" : value;
    }

    /** @throws IllegalArgumentException if two have the same name */
    static List<EnvironmentVariable> distinct(List<EnvironmentVariable> variables) {
        List<EnvironmentVariable> copy = variables == null ? new ArrayList<>() : new ArrayList<>(variables);
        Set<String> names = new HashSet<>();
        for (EnvironmentVariable variable : copy) {
            if (!names.add(variable.name)) {
                throw new IllegalArgumentException("environment variable " + variable.name + " is there twice");
            }
        }
        return copy;
    }

    /** XStream skips the constructor: what it would refuse is refused here. */
    private Object readResolve() {
        return new EnvironmentVariable(name, value);
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    @Extension
    @Symbol("variable")
    public static final class DescriptorImpl extends Descriptor<EnvironmentVariable> {
        @Override
        public String getDisplayName() {
            return "Environment variable";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Check.that(value, name -> new EnvironmentVariable(name, ""));
        }
    }
}
