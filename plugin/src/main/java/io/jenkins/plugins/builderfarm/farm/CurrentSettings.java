package io.jenkins.plugins.builderfarm.farm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Says in the coordinator's words what is configured now. Stateless. */
final class CurrentSettings {
    private static final Logger LOGGER = Logger.getLogger(CurrentSettings.class.getName());

    private CurrentSettings() {}

    static FarmSettings read() {
        BuilderFarmConfiguration configuration = BuilderFarmConfiguration.get();
        List<HostTypeSettings> hostTypes = new ArrayList<>();
        for (HostType hostType : configuration.getHostTypes()) {
            hostType.reversePool()
                    .ifPresent(pool ->
                            hostTypes.add(settings(hostType, pool, farmMinimum(configuration.getMinimumBuildlet()))));
        }
        return FarmSettings.of(hostTypes, controllers(configuration.getControllerUrls()));
    }

    private static HostTypeSettings settings(HostType hostType, ReversePool pool, Optional<Version> farmMinimum) {
        return new HostTypeSettings(
                hostType.hostTypeName(),
                hostType.isDisabled(),
                pool.expectedInAll(),
                hostType.isRebootAfterBuild(),
                newer(hostType.minimumBuildletVersion(), farmMinimum),
                BuilderKeys.get().generations(hostType.hostTypeName()),
                pool.deniedHostnames(),
                pool.pinnedHostnames(),
                hostType.contact());
    }

    private static Optional<Version> farmMinimum(String version) {
        return version.isEmpty() ? Optional.empty() : Optional.of(new Version(version));
    }

    private static Optional<Version> newer(Optional<Version> one, Optional<Version> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().compareTo(other.get()) >= 0 ? one : other;
    }

    private static Set<ControllerUrl> controllers(List<String> configured) {
        Set<ControllerUrl> urls = new LinkedHashSet<>();
        add(urls, Jenkins.get().getRootUrl());
        configured.forEach(url -> add(urls, url));
        return urls;
    }

    /** Jenkins's own URL may be unset, or plain HTTP: then machines need one of the configured ones. */
    private static void add(Set<ControllerUrl> urls, @CheckForNull String url) {
        if (url != null) {
            try {
                urls.add(ControllerUrl.parse(url));
            } catch (IllegalArgumentException e) {
                LOGGER.fine(() -> "No machine can dial in under " + url + ": " + e.getMessage());
            }
        }
    }
}
