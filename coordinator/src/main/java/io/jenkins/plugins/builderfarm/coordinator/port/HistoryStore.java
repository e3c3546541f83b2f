package io.jenkins.plugins.builderfarm.coordinator.port;

import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Collection;

/** Keeps the machines' history across restarts. Called by one thread at a time, never under the coordinator's lock. */
public interface HistoryStore {
    /** All that was saved; called once, when the coordinator is made. */
    Collection<MachineRecord> load();

    /**
     * Saves what changed since the last call; called from {@code tick} at most once a minute, and from {@code close}.
     * A failure is the implementation's to log: the same records may not come again.
     */
    void save(Collection<MachineRecord> changed, Collection<MachineId> forgotten);
}
