package io.jenkins.plugins.builderfarm.config;

import hudson.ExtensionPoint;

/** Told of every change of the farm's configuration, after it was saved. */
public interface ConfigurationListener extends ExtensionPoint {
    /** May be called from any thread; must not block. */
    void changed(BuilderFarmConfiguration configuration);
}
