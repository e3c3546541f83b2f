package io.jenkins.plugins.builderfarm.config;

import hudson.PluginWrapper;
import jenkins.model.Jenkins;

/** Plugins that the farm makes use of where they are there. Stateless. */
public final class OptionalPlugin {
    private OptionalPlugin() {}

    /** @param shortName such as {@code workflow-job} */
    public static boolean isActive(String shortName) {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin(shortName);
        return plugin != null && plugin.isActive();
    }
}
