package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.coordinator.policy.RuleSet;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Rules that builders share, under a name: a rule set as it is configured. Immutable. */
public final class SharedRules implements Describable<SharedRules> {
    private final String name;
    private final String rules;

    /**
     * @param rules one a line
     * @throws IllegalArgumentException if the name isn't one or the text isn't rules; it names what is wrong and where
     */
    @DataBoundConstructor
    public SharedRules(String name, String rules) {
        this.name = Util.fixNull(name).trim();
        this.rules = Lines.plain(rules);
        ruleSet();
    }

    public String getName() {
        return name;
    }

    public String getRules() {
        return rules;
    }

    RuleSet ruleSet() {
        return RuleSet.parse(name, rules);
    }

    /** XStream skips the constructor, which refuses what isn't rules. */
    private Object readResolve() {
        return new SharedRules(name, rules);
    }

    @Extension
    @Symbol("ruleSet")
    public static final class DescriptorImpl extends Descriptor<SharedRules> {
        @Override
        public String getDisplayName() {
            return "Rule set";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Check.that(value, name -> RuleSet.parse(name, ""));
        }

        @POST
        public FormValidation doCheckRules(@QueryParameter String value) {
            return Check.that(value, rules -> RuleSet.parse("here", rules));
        }
    }
}
