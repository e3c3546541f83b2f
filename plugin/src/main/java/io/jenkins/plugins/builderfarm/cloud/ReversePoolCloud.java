package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Descriptor;
import hudson.model.Label;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The farm as a cloud of this Jenkins: that is how Jenkins knows that a builder's label can be served when no node has
 * it. It provisions nothing for reverse host types, since {@link LeaseMatcher} is quicker; for host types on another
 * cloud it passes the order on. Has no state: Jenkins replaces clouds whenever its configuration is saved.
 */
public final class ReversePoolCloud extends Cloud {
    static final String NAME = ExistingCloud.FARM;

    /** For Configuration as Code, whose export has all clouds in it; people are not offered it. */
    @DataBoundConstructor
    public ReversePoolCloud() {
        super(NAME);
    }

    @Override
    public String getDisplayName() {
        return "Builder Farm";
    }

    /** From the configuration alone: Jenkins keeps the answer. */
    @Override
    public boolean canProvision(CloudState state) {
        Label label = state.getLabel();
        List<HostType> hostTypes = FarmLabels.get().hostTypes(label);
        return hostTypes.stream().anyMatch(type -> type.reversePool().isPresent()) || ExistingClouds.serve(label);
    }

    @Override
    public Collection<PlannedNode> provision(CloudState state, int excessWorkload) {
        return ExistingClouds.provision(state, excessWorkload);
    }

    /** For configurations that are read back. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Jenkins.XSTREAM2.alias("builder-farm-cloud", ReversePoolCloud.class);
    }

    /** Nobody makes one by hand: {@link CloudPresence} does. */
    @Extension
    @Symbol("builderFarmPool")
    public static final class DescriptorImpl extends Descriptor<Cloud> {
        @Override
        public String getDisplayName() {
            return "Builder Farm";
        }
    }
}
