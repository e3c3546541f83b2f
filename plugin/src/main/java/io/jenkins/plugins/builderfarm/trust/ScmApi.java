package io.jenkins.plugins.builderfarm.trust;

import hudson.PluginWrapper;
import jenkins.model.Jenkins;

/** Whether the plugin is there that knows branches and revisions. Stateless. */
public final class ScmApi {
    private ScmApi() {}

    public static boolean isActive() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin("scm-api");
        return plugin != null && plugin.isActive();
    }
}
