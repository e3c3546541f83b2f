package io.jenkins.plugins.builderfarm.coordinator.memory;

import io.jenkins.plugins.builderfarm.coordinator.history.Drained;
import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Mailbox;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.coordinator.port.HistoryStore;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The histories of all machines: of those that are here, handed out to the pool, and of the absent ones, bounded in
 * number and in time. Guarded by the farm's lock.
 */
public final class Histories {
    /** A machine that wasn't seen for so long is forgotten. */
    static final Duration FORGET_AFTER = Duration.ofDays(90);

    private static final long SAVE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Context context;
    private final Map<HostTypeName, Absentees> absent = new HashMap<>();
    private final Set<History> unsaved = new LinkedHashSet<>();
    private final Set<MachineId> forgotten = new HashSet<>();
    private final Mailbox store = new Mailbox();
    private long saved;

    /** With what the store has; all of it counts as just gone, since the controller was. */
    public Histories(Context context) {
        this.context = context;
        List<MachineRecord> records = context.ports().history().load().stream()
                .sorted(Comparator.comparing(MachineRecord::lastSeen))
                .toList();
        context.lock().run(() -> records.forEach(record -> leave(new History(record))));
    }

    /** The history of a machine that is to be in the pool, a new one if it was never seen. */
    public History arrive(MachineId id) {
        Absentees absentees = absentees(id.hostType());
        History history = absentees.remove(id.hostname()).orElse(null);
        if (history == null) {
            Instant now = context.time().instant();
            forgotten.remove(id);
            history = new History(new MachineRecord(id, now, now, 0, 0, List.of()));
        }
        stopReturning(history);
        return history;
    }

    /** The machine has a control connection. */
    public void connected(History history, Version buildlet) {
        Instant now = context.time().instant();
        history.seen(now);
        history.runs(buildlet, now);
        unsaved.add(history);
    }

    /** The machine lost its control connection. */
    public void disconnected(History history) {
        history.seen(context.time().instant());
        unsaved.add(history);
    }

    public void built(History history) {
        history.built();
        unsaved.add(history);
    }

    public void failed(History history) {
        history.failed();
        unsaved.add(history);
    }

    /** Saved at once, since people rely on it. */
    public void drained(History history, String by, String why) {
        history.setDrained(Optional.of(new Drained(by, context.time().instant(), why)));
        unsaved.add(history);
        save();
    }

    /** Ends {@link #drained}. */
    public void resumed(History history) {
        history.setDrained(Optional.empty());
        unsaved.add(history);
        save();
    }

    /** The machine is no longer in the pool. */
    public void leave(History history) {
        Absentees absentees = absent.computeIfAbsent(history.id().hostType(), name -> new Absentees());
        absentees.add(history);
        Timer timer = new Timer(() -> {
            stopReturning(history);
            context.announcer().changed();
        });
        history.setReturning(timer);
        absentees.countReturning(1);
        context.set(timer, context.timings().returning());
        while (absentees.size() > context.bounds().machines()) {
            forgetEldest(absentees);
        }
    }

    private void stopReturning(History history) {
        if (history.stopReturning()) {
            absentees(history.id().hostType()).countReturning(-1);
        }
    }

    private void forgetEldest(Absentees absentees) {
        absentees.eldest().ifPresent(history -> {
            stopReturning(history);
            absentees.remove(history.id().hostname());
            unsaved.remove(history);
            forgotten.add(history.id());
        });
    }

    /** The known machines of a host type that are not in the pool. */
    public Absentees absentees(HostTypeName hostType) {
        return absent.getOrDefault(hostType, Absentees.NONE);
    }

    /** Forgets and saves, once a minute. */
    public void tick() {
        if (context.time().now() - saved < SAVE_MILLIS) {
            return;
        }
        saved = context.time().now();
        Instant horizon = context.time().instant().minus(FORGET_AFTER);
        for (Absentees absentees : absent.values()) {
            while (absentees
                    .eldest()
                    .filter(history -> history.lastSeen().isBefore(horizon))
                    .isPresent()) {
                forgetEldest(absentees);
            }
        }
        save();
    }

    /** Hands what changed to the store. */
    public void save() {
        if (unsaved.isEmpty() && forgotten.isEmpty()) {
            return;
        }
        List<MachineRecord> changed = unsaved.stream().map(History::record).toList();
        List<MachineId> gone = List.copyOf(forgotten);
        unsaved.clear();
        forgotten.clear();
        HistoryStore to = context.ports().history();
        context.lock().later(store, () -> to.save(changed, gone));
    }
}
