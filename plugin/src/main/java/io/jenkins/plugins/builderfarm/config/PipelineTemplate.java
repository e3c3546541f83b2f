package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Pipeline script from which builders' jobs are made, under a name that they give as their template. Immutable. */
public final class PipelineTemplate implements Describable<PipelineTemplate> {
    private final String name;
    private final String script;

    /** @throws IllegalArgumentException if there is no name; the script's placeholders are checked builder by builder */
    @DataBoundConstructor
    public PipelineTemplate(String name, String script) {
        this.name = requireName(Util.fixNull(name).trim());
        this.script = Util.fixNull(script);
    }

    private static String requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a template needs a name");
        }
        return name;
    }

    /** XStream skips the constructor: what it would refuse is refused here. */
    private Object readResolve() {
        return new PipelineTemplate(name, script);
    }

    public String getName() {
        return name;
    }

    /** With placeholders, such as {@code @{label}}. */
    public String getScript() {
        return script;
    }

    @Extension
    @Symbol("pipelineTemplate")
    public static final class DescriptorImpl extends Descriptor<PipelineTemplate> {
        @Override
        public String getDisplayName() {
            return "Pipeline template";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Check.that(value, PipelineTemplate::requireName);
        }
    }
}
