package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;

/** Keeps the {@link LabelIndex} of the present configuration. */
@Extension(ordinal = 100)
public final class FarmLabels implements ConfigurationListener {
    private volatile LabelIndex index;

    /** The labels as the configuration has them now. */
    public static LabelIndex get() {
        return ExtensionList.lookupSingleton(FarmLabels.class).index();
    }

    private LabelIndex index() {
        LabelIndex current = index;
        if (current == null) {
            current = of(BuilderFarmConfiguration.get());
            index = current;
        }
        return current;
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        index = of(configuration);
    }

    private static LabelIndex of(BuilderFarmConfiguration configuration) {
        return new LabelIndex(configuration.getHostTypes(), configuration.getBuilders());
    }
}
