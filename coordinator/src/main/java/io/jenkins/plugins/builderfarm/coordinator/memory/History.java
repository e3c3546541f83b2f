package io.jenkins.plugins.builderfarm.coordinator.memory;

import io.jenkins.plugins.builderfarm.coordinator.history.Drained;
import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One machine's history as it goes on. Guarded by the farm's lock; changed only through {@link Histories}. */
public final class History {
    private final MachineId id;
    private final Instant firstSeen;
    private Instant lastSeen;
    private long builds;
    private long failures;
    private List<MachineRecord.Run> releases;
    private Optional<Drained> drained;

    /** Waits while the machine is gone, and not yet counted as missing; null if it isn't. */
    private Timer returning;

    History(MachineRecord record) {
        this.id = record.id();
        this.firstSeen = record.firstSeen();
        this.lastSeen = record.lastSeen();
        this.builds = record.builds();
        this.failures = record.failures();
        this.releases = record.releases();
        this.drained = record.drained();
    }

    public MachineId id() {
        return id;
    }

    public MachineRecord record() {
        return new MachineRecord(id, firstSeen, lastSeen, builds, failures, releases, drained);
    }

    /** As of now, for a machine that is connected. */
    public MachineRecord record(Instant now) {
        return new MachineRecord(id, firstSeen, now, builds, failures, releases, drained);
    }

    public boolean isDrained() {
        return drained.isPresent();
    }

    /** For people; empty unless drained. */
    public Optional<String> drainReason() {
        return drained.map(Drained::reason);
    }

    void setDrained(Optional<Drained> newDrained) {
        drained = newDrained;
    }

    public Instant lastSeen() {
        return lastSeen;
    }

    void seen(Instant now) {
        lastSeen = now;
    }

    void built() {
        builds++;
    }

    void failed() {
        failures++;
    }

    void runs(Version buildlet, Instant now) {
        if (!releases.isEmpty() && releases.get(0).buildlet().equals(buildlet)) {
            return;
        }
        List<MachineRecord.Run> runs = new ArrayList<>(releases);
        runs.add(0, new MachineRecord.Run(buildlet, now));
        releases = List.copyOf(runs.subList(0, Math.min(runs.size(), MachineRecord.MOST_RELEASES)));
    }

    void setReturning(Timer timer) {
        returning = timer;
    }

    /** Stops waiting. @return whether it did wait */
    boolean stopReturning() {
        if (returning == null) {
            return false;
        }
        returning.cancel();
        returning = null;
        return true;
    }
}
