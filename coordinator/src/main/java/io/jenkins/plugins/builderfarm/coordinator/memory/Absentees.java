package io.jenkins.plugins.builderfarm.coordinator.memory;

import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The known machines of one host type that are not here, those gone longest first. Guarded by the farm's lock. */
public final class Absentees {
    static final Absentees NONE = new Absentees();

    private final Map<Hostname, History> machines = new LinkedHashMap<>();
    private int returning;
    private Instant lastSeen;

    void add(History history) {
        machines.put(history.id().hostname(), history);
        if (lastSeen == null || history.lastSeen().isAfter(lastSeen)) {
            lastSeen = history.lastSeen();
        }
    }

    Optional<History> remove(Hostname hostname) {
        return Optional.ofNullable(machines.remove(hostname));
    }

    public Optional<History> find(Hostname hostname) {
        return Optional.ofNullable(machines.get(hostname));
    }

    /** The one that has been gone longest. */
    Optional<History> eldest() {
        return machines.values().stream().findFirst();
    }

    void countReturning(int change) {
        returning += change;
    }

    public int size() {
        return machines.size();
    }

    /** How many are gone so shortly that they don't count as missing. */
    public int returning() {
        return returning;
    }

    /** When the last of them left; empty if none ever did. */
    public Optional<Instant> lastSeen() {
        return Optional.ofNullable(lastSeen);
    }

    public Collection<History> all() {
        return machines.values();
    }
}
