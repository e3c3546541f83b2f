package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Node;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.NodeListener;

/**
 * Gives the nodes that {@link CloudNodes} couldn't follow their {@link CloudOrigin}: those that a cloud added by itself,
 * and those that were there before a host type named the cloud.
 */
@Extension
public final class CloudNodeFinder extends NodeListener implements ConfigurationListener {
    private static final Logger LOGGER = Logger.getLogger(CloudNodeFinder.class.getName());

    @Override
    protected void onCreated(@NonNull Node node) {
        find(node);
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        Jenkins.get().getNodes().forEach(CloudNodeFinder::find);
    }

    private static void find(Node node) {
        if (node.getNodeProperties().get(CloudOrigin.class) != null) {
            return;
        }
        ExistingCloudLabels.hostTypes(node).stream()
                .map(hostType -> ((ExistingCloud) hostType.getSource()).getCloud())
                .findFirst()
                .ifPresent(cloud -> mark(node, cloud));
    }

    private static void mark(Node node, String cloud) {
        try {
            node.getNodeProperties().replace(new CloudOrigin(cloud));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Node " + node.getNodeName() + " does not know its cloud");
        }
    }
}
