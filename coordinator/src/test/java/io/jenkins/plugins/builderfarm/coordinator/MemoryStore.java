package io.jenkins.plugins.builderfarm.coordinator;

import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.port.HistoryStore;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A history store in memory, which outlives the coordinators of a test. */
final class MemoryStore implements HistoryStore {
    final Map<MachineId, MachineRecord> records = new TreeMap<>();
    int saves;
    boolean failing;

    @Override
    public synchronized Collection<MachineRecord> load() {
        return List.copyOf(records.values());
    }

    @Override
    public synchronized void save(Collection<MachineRecord> changed, Collection<MachineId> forgotten) {
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
        saves++;
        changed.forEach(record -> records.put(record.id(), record));
        records.keySet().removeAll(forgotten);
    }
}
