package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeProperty;
import hudson.slaves.NodePropertyDescriptor;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * On a node that another cloud made: which one, since Jenkins doesn't keep that; and the variables of the builder that
 * the present build asked for. Nothing else of such a node is the farm's. Immutable.
 */
public final class CloudOrigin extends NodeProperty<Node> {
    private final String cloud;

    @DataBoundConstructor
    public CloudOrigin(String cloud) {
        this.cloud = Util.fixNull(cloud);
    }

    /** The name that the cloud had when it made the node. */
    public String getCloud() {
        return cloud;
    }

    @Override
    public void buildEnvVars(@NonNull EnvVars env, @NonNull TaskListener listener) {
        // Asked by the thread that runs the build: a node may run several at once, each for another builder.
        Executor executor = Executor.currentExecutor();
        Node on = executor == null ? null : executor.getOwner().getNode();
        Usage usage = executor == null ? null : CloudUsages.get().of(executor);
        if (on != null && usage != null && on.getNodeProperties().contains(this)) {
            env.overrideAll(BuilderEnvironment.on(on, usage));
        }
    }

    /** For nodes that are read back. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Jenkins.XSTREAM2.alias("builder-farm-origin", CloudOrigin.class);
    }

    /** Nobody adds one by hand: {@link CloudNodes} does. */
    @Extension
    @Symbol("builderFarmOrigin")
    public static final class DescriptorImpl extends NodePropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Made by a cloud";
        }

        @Override
        public boolean isApplicable(Class<? extends Node> nodeType) {
            return false;
        }
    }
}
