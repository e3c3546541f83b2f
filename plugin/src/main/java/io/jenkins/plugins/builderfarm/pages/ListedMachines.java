package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which machines the configuration denies and pins, worked out once for a page of any number of them. Immutable. */
final class ListedMachines {
    private static final Lists NONE = new Lists(Set.of(), Set.of());

    private final Map<String, Lists> byHostType;

    private record Lists(Set<Hostname> denied, Set<Hostname> pinned) {}

    private ListedMachines(Map<String, Lists> byHostType) {
        this.byHostType = byHostType;
    }

    static ListedMachines of(Collection<HostType> hostTypes) {
        Map<String, Lists> lists = new HashMap<>();
        hostTypes.forEach(type -> type.reversePool()
                .ifPresent(
                        pool -> lists.put(type.getName(), new Lists(pool.deniedHostnames(), pool.pinnedHostnames()))));
        return new ListedMachines(lists);
    }

    boolean isDenied(MachineId machine) {
        return lists(machine).denied().contains(machine.hostname());
    }

    boolean isPinned(MachineId machine) {
        return lists(machine).pinned().contains(machine.hostname());
    }

    private Lists lists(MachineId machine) {
        return byHostType.getOrDefault(machine.hostType().value(), NONE);
    }
}
