package io.jenkins.plugins.builderfarm.farm;

import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** Takes single machines out of work and back, for their owners and for administrators. Stateless. */
public final class DrainedMachines {
    private static final Logger LOGGER = Logger.getLogger(DrainedMachines.class.getName());

    private DrainedMachines() {}

    /**
     * Gives a machine no more work; what it builds it finishes.
     *
     * @param why for people; may be empty
     * @throws AccessDeniedException if the caller neither owns the host type nor administers the farm
     * @throws IllegalArgumentException if no such machine is known
     */
    public static void drain(HostType type, String hostname, String why) {
        MachineId machine = machine(type, hostname);
        if (!Farm.get().coordinator().drain(machine, user(), why)) {
            throw unknown(machine);
        }
        LOGGER.info(() -> "Audit: " + machine + " was drained by " + user());
    }

    /**
     * Ends {@link #drain}.
     *
     * @throws AccessDeniedException if the caller neither owns the host type nor administers the farm
     * @throws IllegalArgumentException if no such machine is drained
     */
    public static void resume(HostType type, String hostname) {
        MachineId machine = machine(type, hostname);
        if (!Farm.get().coordinator().resume(machine)) {
            throw new IllegalArgumentException("no machine " + machine + " is drained");
        }
        LOGGER.info(() -> "Audit: " + machine + " was resumed by " + user());
    }

    private static MachineId machine(HostType type, String hostname) {
        FarmPermissions.checkMayControl(type);
        if (type.reversePool().isEmpty()) {
            throw new IllegalArgumentException("the machines of " + type.getName() + " are another cloud's");
        }
        return new MachineId(type.hostTypeName(), new Hostname(hostname));
    }

    private static IllegalArgumentException unknown(MachineId machine) {
        return new IllegalArgumentException("no machine " + machine + " has ever dialled in");
    }

    private static String user() {
        return Jenkins.getAuthentication2().getName();
    }
}
