package io.jenkins.plugins.builderfarm.cloud;

import io.jenkins.plugins.builderfarm.config.OptionalPlugin;

/** The plugin that Pipeline's shell steps build on; it may be absent. Stateless. */
final class DurableTaskPlugin {
    private DurableTaskPlugin() {}

    static boolean isActive() {
        return OptionalPlugin.isActive("durable-task");
    }
}
