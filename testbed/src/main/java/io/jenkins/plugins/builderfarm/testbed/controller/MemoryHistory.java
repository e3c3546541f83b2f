package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.port.HistoryStore;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** History that outlives one controller when it is handed to the next. Thread-safe. */
public final class MemoryHistory implements HistoryStore {
    private final Map<MachineId, MachineRecord> records = new ConcurrentHashMap<>();

    @Override
    public Collection<MachineRecord> load() {
        return List.copyOf(records.values());
    }

    @Override
    public void save(Collection<MachineRecord> changed, Collection<MachineId> forgotten) {
        changed.forEach(changedOne -> records.put(changedOne.id(), changedOne));
        forgotten.forEach(records::remove);
    }
}
