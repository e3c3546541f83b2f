package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Objection;
import io.jenkins.plugins.builderfarm.coordinator.pool.Pool;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;
import java.util.Optional;

/** Decides on a hello by the configuration of this moment. Guarded by the farm's lock. */
final class Policy {
    private final Pool pool;
    private FarmSettings farm = FarmSettings.NONE;

    Policy(Pool pool) {
        this.pool = pool;
    }

    void setFarm(FarmSettings newFarm) {
        farm = newFarm;
    }

    /** Why a machine isn't let in. */
    record Verdict(Reason reason, String detail) {}

    /** @return empty if it is let in */
    Optional<Verdict> judge(Hello hello, boolean proofFits) {
        if (hello.version() != Limits.PROTOCOL_VERSION) {
            return refuse(Reason.PROTOCOL_VERSION, "it speaks version " + hello.version() + " of the protocol");
        }
        boolean holdsLease =
                hello.heldLease().filter(lease -> isItsLease(hello, lease)).isPresent();
        Optional<HostTypeSettings> hostType = pool.settings(hello.machine().hostType())
                .filter(settings -> holdsLease || pool.isConfigured(settings.name()));
        if (hostType.isEmpty()) {
            return refuse(Reason.UNKNOWN_HOST_TYPE, "no such host type is configured");
        }
        if (!proofFits) {
            return refuse(
                    Reason.WRONG_KEY,
                    "its proof does not fit generation " + hello.generation() + " of the host type's key");
        }
        if (!farm.controllers().contains(hello.controller())) {
            return refuse(
                    Reason.WRONG_CONTROLLER,
                    "it dialled " + hello.controller() + ", which is not among this controller's URLs "
                            + farm.controllers());
        }
        return hostType.get()
                .objection(
                        hello.machine().hostname(),
                        hello.generation(),
                        hello.facts().buildlet())
                .filter(objection -> objection.kind().isAtOnce() || !holdsLease)
                .map(objection -> new Verdict(reason(objection), objection.detail()));
    }

    private boolean isItsLease(Hello hello, LeaseId lease) {
        return pool.holds(hello.machine(), lease);
    }

    private static Optional<Verdict> refuse(Reason reason, String detail) {
        return Optional.of(new Verdict(reason, detail));
    }

    private static Reason reason(Objection objection) {
        return switch (objection.kind()) {
            case KEY_REVOKED -> Reason.KEY_REVOKED;
            case MACHINE_DENIED -> Reason.MACHINE_DENIED;
            case MACHINE_NOT_PINNED -> Reason.MACHINE_NOT_PINNED;
            case HOST_TYPE_DISABLED -> Reason.HOST_TYPE_DISABLED;
            case BUILDLET_TOO_OLD -> Reason.BUILDLET_TOO_OLD;
        };
    }
}
