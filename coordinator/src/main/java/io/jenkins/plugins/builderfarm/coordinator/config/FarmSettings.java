package io.jenkins.plugins.builderfarm.coordinator.config;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an administrator says about the whole farm. Immutable; a change is a new value, given to
 * {@code Coordinator.configure}.
 *
 * @param hostTypes those whose source is the reverse pool
 * @param controllers the URLs under which machines may dial this controller, its root URL among them
 */
public record FarmSettings(Map<HostTypeName, HostTypeSettings> hostTypes, Set<ControllerUrl> controllers) {
    /** Nothing configured: every machine is refused. */
    public static final FarmSettings NONE = new FarmSettings(Map.of(), Set.of());

    public FarmSettings {
        hostTypes = Collections.unmodifiableMap(new TreeMap<>(hostTypes));
        controllers = Set.copyOf(controllers);
        hostTypes.forEach((name, hostType) -> {
            if (!name.equals(hostType.name())) {
                throw new IllegalArgumentException("host type " + hostType.name() + " is filed under " + name);
            }
        });
    }

    /** @throws IllegalArgumentException if a host type is there twice */
    public static FarmSettings of(Collection<HostTypeSettings> hostTypes, Set<ControllerUrl> controllers) {
        Map<HostTypeName, HostTypeSettings> byName = new TreeMap<>();
        for (HostTypeSettings hostType : hostTypes) {
            if (byName.put(hostType.name(), hostType) != null) {
                throw new IllegalArgumentException("host type " + hostType.name() + " is there twice");
            }
        }
        return new FarmSettings(byName, controllers);
    }

    public Optional<HostTypeSettings> hostType(HostTypeName name) {
        return Optional.ofNullable(hostTypes.get(name));
    }
}
