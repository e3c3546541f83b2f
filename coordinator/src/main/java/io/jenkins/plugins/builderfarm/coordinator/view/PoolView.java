package io.jenkins.plugins.builderfarm.coordinator.view;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The whole pool at one moment. Immutable.
 *
 * @param hostTypes by name
 * @param machines connected, leased or remembered; by host type and hostname
 */
public record PoolView(Instant at, List<HostTypeView> hostTypes, List<MachineView> machines) {
    public PoolView {
        hostTypes = List.copyOf(hostTypes);
        machines = List.copyOf(machines);
    }

    /** The same view, in order. */
    public PoolView sorted() {
        return new PoolView(
                at,
                hostTypes.stream()
                        .sorted(Comparator.comparing(HostTypeView::name))
                        .toList(),
                machines.stream().sorted(Comparator.comparing(MachineView::id)).toList());
    }

    public Optional<HostTypeView> hostType(HostTypeName name) {
        return hostTypes.stream().filter(view -> view.name().equals(name)).findFirst();
    }
}
