package io.jenkins.plugins.builderfarm.cloud;

import hudson.PluginWrapper;
import jenkins.model.Jenkins;

/** The plugin that Pipeline's shell steps build on; it may be absent. Stateless. */
final class DurableTaskPlugin {
    private DurableTaskPlugin() {}

    static boolean isActive() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin("durable-task");
        return plugin != null && plugin.isActive();
    }
}
