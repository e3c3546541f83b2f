package io.jenkins.plugins.builderfarm.farm;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.RetiredHostTypes;
import java.util.List;
import java.util.logging.Logger;

/**
 * Says in Jenkins's log what became of a host type's machines when it goes or gets another name. Forms and imports warn
 * before; configuration as code has no place for that. Thread-safe.
 */
@Extension
public final class RetirementLog implements ConfigurationListener {
    private static final Logger LOGGER = Logger.getLogger(RetirementLog.class.getName());

    /** As of the last change. Guarded by this, as is the other. */
    private List<HostType> hostTypes = List.of();

    private List<Builder> builders = List.of();

    /** Before configuration as code changes it, so that this counts as a change too. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void start() {
        ExtensionList.lookupSingleton(RetirementLog.class).take(BuilderFarmConfiguration.get());
    }

    private synchronized List<String> take(BuilderFarmConfiguration configuration) {
        List<HostType> newHostTypes = configuration.getHostTypes();
        List<Builder> newBuilders = configuration.getBuilders();
        List<String> sentences = RetiredHostTypes.consequences(hostTypes, builders, newHostTypes, newBuilders);
        hostTypes = newHostTypes;
        builders = newBuilders;
        return sentences;
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        for (String sentence : take(configuration)) {
            LOGGER.warning(sentence);
        }
    }
}
