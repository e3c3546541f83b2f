package io.jenkins.plugins.builderfarm.farm;

import hudson.Util;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps single machines of a host type out, or lets only some in, for who administers the farm. It is the configuration
 * that says so, so each of these is recorded, exported and undone as any other change of it is. Stateless.
 */
public final class AdmittedMachines {
    private static final Logger LOGGER = Logger.getLogger(AdmittedMachines.class.getName());

    private AdmittedMachines() {}

    /**
     * Lets the machine in no more, whatever key it has. If it is connected it is dropped at once, and a build with it. It
     * need not be known.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the caller doesn't administer the farm
     * @throws IllegalArgumentException if it can't be a machine of the host type, or is denied already
     */
    public static void deny(HostType type, String hostname) {
        Hostname machine = machine(type, hostname);
        change(type, pool -> {
            if (pool.deniedHostnames().contains(machine)) {
                throw new IllegalArgumentException(words(type, machine) + " is denied already");
            }
            pool.setDeniedMachines(with(pool.getDeniedMachines(), machine));
        });
        audit(type, machine, "denied");
    }

    /**
     * Ends {@link #deny}.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the caller doesn't administer the farm
     * @throws IllegalArgumentException if it is not denied
     */
    public static void allow(HostType type, String hostname) {
        Hostname machine = machine(type, hostname);
        change(type, pool -> {
            if (!pool.deniedHostnames().contains(machine)) {
                throw new IllegalArgumentException(words(type, machine) + " is not denied");
            }
            pool.setDeniedMachines(without(pool.getDeniedMachines(), machine));
        });
        audit(type, machine, "allowed again");
    }

    /**
     * Lets the machine in, and no others but those that are pinned too: see {@link #droppedByPin}.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the caller doesn't administer the farm
     * @throws IllegalArgumentException if it can't be a machine of the host type, is pinned already, or is denied
     */
    public static void pin(HostType type, String hostname) {
        Hostname machine = machine(type, hostname);
        change(type, pool -> {
            if (pool.deniedHostnames().contains(machine)) {
                throw new IllegalArgumentException(words(type, machine) + " is denied: allow it first");
            }
            if (pool.pinnedHostnames().contains(machine)) {
                throw new IllegalArgumentException(words(type, machine) + " is pinned already");
            }
            pool.setPinnedMachines(with(pool.getPinnedMachines(), machine));
        });
        audit(type, machine, "pinned");
    }

    /**
     * Ends {@link #pin}: with the last one every machine is let in again, else this one is dropped at once.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the caller doesn't administer the farm
     * @throws IllegalArgumentException if it is not pinned
     */
    public static void unpin(HostType type, String hostname) {
        Hostname machine = machine(type, hostname);
        change(type, pool -> {
            if (!pool.pinnedHostnames().contains(machine)) {
                throw new IllegalArgumentException(words(type, machine) + " is not pinned");
            }
            pool.setPinnedMachines(without(pool.getPinnedMachines(), machine));
        });
        audit(type, machine, "pinned no more");
    }

    /**
     * The connected machines that would be dropped, with their builds, if this one were pinned: all others, if it would be
     * the host type's first.
     *
     * @throws IllegalArgumentException if it can't be a machine of the host type
     */
    public static List<String> droppedByPin(HostType type, String hostname) {
        Hostname machine = machine(type, hostname);
        if (!type.reversePool()
                .map(ReversePool::getPinnedMachines)
                .orElse(List.of())
                .isEmpty()) {
            return List.of();
        }
        return Farm.get().snapshot().machines().stream()
                .filter(view -> view.id().hostType().value().equals(type.getName()))
                .filter(MachineView::connected)
                .map(view -> view.id().hostname())
                .filter(other -> !other.equals(machine))
                .map(Hostname::value)
                .toList();
    }

    private static Hostname machine(HostType type, String hostname) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        if (type.reversePool().isEmpty()) {
            throw new IllegalArgumentException("the machines of " + type.getName() + " are another cloud's");
        }
        return new Hostname(Util.fixNull(hostname).trim());
    }

    /** On the host type as it is now, which need not be as the caller knew it. */
    private static void change(HostType type, Consumer<ReversePool> change) {
        Entries.hostTypes().update(type.getName(), now -> {
            ReversePool pool = now.reversePool()
                    .orElseThrow(() ->
                            new IllegalArgumentException("the machines of " + now.getName() + " are another cloud's"))
                    .copy();
            change.accept(pool);
            return now.withSource(pool);
        });
    }

    private static List<String> with(List<String> names, Hostname machine) {
        List<String> more = new ArrayList<>(names);
        more.add(machine.value());
        return more;
    }

    /** People may have written it in capitals, or twice. */
    private static List<String> without(List<String> names, Hostname machine) {
        return names.stream()
                .filter(name -> !new Hostname(name).equals(machine))
                .toList();
    }

    private static String words(HostType type, Hostname machine) {
        return "machine " + type.getName() + "/" + machine;
    }

    private static void audit(HostType type, Hostname machine, String what) {
        String user = Jenkins.getAuthentication2().getName();
        LOGGER.info(() -> "Audit: " + words(type, machine) + " was " + what + " by " + user);
    }
}
