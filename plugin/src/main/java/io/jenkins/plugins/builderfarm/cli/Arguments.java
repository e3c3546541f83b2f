package io.jenkins.plugins.builderfarm.cli;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import jenkins.model.Jenkins;

/** What several commands make of their arguments. Stateless. */
final class Arguments {
    private Arguments() {}

    /**
     * For who administers the farm: host types could be guessed else by whoever may not see any.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static HostType administeredHostType(String name) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return hostType(name);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static HostType hostType(String name) {
        return BuilderFarmConfiguration.get()
                .hostType(name)
                .orElseThrow(() -> new IllegalArgumentException("no host type is called '" + name + "'"));
    }
}
