package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends waiting machines for another buildlet, a few of a host type at a time; one that comes back unchanged is left
 * alone for a while. Guarded by the farm's lock.
 */
final class Updates {
    /** At most one machine in so many of a host type is away at a time, and at least one may be. */
    private static final int SHARE = 10;

    /** A machine that isn't back by then makes room for the next one. */
    private static final Duration AWAY = Duration.ofMinutes(5);

    private final Context context;
    private final Machines machines;

    private Optional<Manifest> manifest = Optional.empty();

    /** Host types with candidates. */
    private final Set<Roster> rosters = new LinkedHashSet<>();

    Updates(Context context, Machines machines) {
        this.context = context;
        this.machines = machines;
    }

    /** What the release feed says now: the same object as before unless something changed. */
    void tick(Optional<Manifest> current) {
        if (current.orElse(null) != manifest.orElse(null)) {
            manifest = current;
            for (Roster roster : machines.rosters()) {
                roster.leftAlone.values().forEach(Timer::cancel);
                roster.leftAlone.clear();
                roster.all().forEach(this::consider);
            }
        }
        rosters.removeIf(this::sendSome);
    }

    /** A machine waits, for a lease or as a spare: is it to run something else? */
    void consider(Machine machine) {
        Roster roster = machine.roster;
        if (machine.candidate || roster.leftAlone.containsKey(machine.hostname()) || !isOutdated(machine)) {
            return;
        }
        machine.candidate = true;
        roster.candidates.add(machine);
        rosters.add(roster);
    }

    private boolean isOutdated(Machine machine) {
        boolean waits = machine.state == MachineState.IDLE || machine.state == MachineState.SPARE;
        return waits
                && machine.session != null
                && assigned(machine)
                        .filter(version -> !version.equals(machine.facts.buildlet()))
                        .isPresent();
    }

    private Optional<Version> assigned(Machine machine) {
        return manifest.map(releases -> releases.select(machine.id()).version());
    }

    /** @return whether nothing is left to do for the host type */
    private boolean sendSome(Roster roster) {
        int most = Math.max(1, roster.connected / SHARE);
        while (roster.updating.size() < most && !roster.candidates.isEmpty()) {
            Machine machine = roster.candidates.remove();
            machine.candidate = false;
            if (roster.get(machine.hostname()) == machine && isOutdated(machine)) {
                send(machine);
            }
        }
        return roster.candidates.isEmpty();
    }

    private void send(Machine machine) {
        Map<Hostname, Timer> updating = machine.roster.updating;
        Map<Hostname, Timer> leftAlone = machine.roster.leftAlone;
        start(updating, machine, AWAY, () -> {});
        start(leftAlone, machine, context.timings().unchanged(), () -> reconsider(machine));
        if (machine.state == MachineState.IDLE) {
            String note = assigned(machine)
                    .map(version -> "buildlet " + version + " is the one to run")
                    .orElse("");
            machines.drain(machine, DrainReason.NEWER_BUILDLET, note);
        } else {
            context.announcer().outdated(machine.lease.id);
        }
    }

    private void start(Map<Hostname, Timer> timers, Machine machine, Duration duration, Runnable after) {
        Timer timer = new Timer(() -> {
            timers.remove(machine.hostname());
            after.run();
        });
        timers.put(machine.hostname(), timer);
        context.set(timer, duration);
    }

    private void reconsider(Machine machine) {
        Machine now = machine.roster.get(machine.hostname());
        if (now != null) {
            consider(now);
        }
    }

    /** The machine dialled in. */
    void returned(Machine machine) {
        Timer timer = machine.roster.updating.remove(machine.hostname());
        if (timer != null) {
            timer.cancel();
        }
    }
}
