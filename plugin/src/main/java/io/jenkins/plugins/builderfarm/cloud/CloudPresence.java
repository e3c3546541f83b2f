package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Node;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.slaves.Cloud;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.farm.Farm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Sees to it that the farm's cloud is there, and that labels follow the configuration. */
@Extension
public final class CloudPresence extends SaveableListener implements ConfigurationListener {
    private static final Logger LOGGER = Logger.getLogger(CloudPresence.class.getName());

    /** Whatever a form, a file or a script made of the list of clouds. */
    @Initializer(after = InitMilestone.SYSTEM_CONFIG_ADAPTED, before = InitMilestone.JOB_LOADED)
    public static void ensure() {
        Jenkins jenkins = Jenkins.get();
        if (jenkins.clouds.get(ReversePoolCloud.class) == null) {
            jenkins.clouds.add(new ReversePoolCloud());
        }
    }

    /** A form, a script or Configuration as Code may have replaced the list of clouds. */
    @Override
    public void onChange(Saveable o, XmlFile file) {
        if (o instanceof Jenkins && Farm.get().isOpen()) {
            ensure();
        }
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        try {
            relabel(Jenkins.get());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Labels could not be brought up to date", e);
        }
        LeaseMatcher.get().wake();
    }

    private static void relabel(Jenkins jenkins) throws IOException {
        for (Node node : jenkins.getNodes()) {
            if (node instanceof LeasedNode leased && leased.relabel(FarmLabels.get())) {
                jenkins.updateNode(leased);
            }
        }
        // Jenkins keeps for each label which clouds serve it, until the list of clouds is replaced.
        List<Cloud> clouds = new ArrayList<>(jenkins.clouds.toList());
        clouds.removeIf(ReversePoolCloud.class::isInstance);
        clouds.add(new ReversePoolCloud());
        jenkins.clouds.replaceBy(clouds);
    }
}
