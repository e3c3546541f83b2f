package io.jenkins.plugins.builderfarm.protocol.message;

import java.util.Arrays;

/** Why the controller sends a machine away. */
public enum DrainReason {
    NEWER_BUILDLET("newerBuildlet"),
    KEY_REVOKED("keyRevoked"),
    HOST_TYPE_DISABLED("hostTypeDisabled"),
    MACHINE_DENIED("machineDenied"),
    DUPLICATE("duplicate"),
    SHUTDOWN("shutdown"),
    /** A reason that this version doesn't know. */
    OTHER("other");

    private final String wire;

    DrainReason(String wire) {
        this.wire = wire;
    }

    /** How the reason is written in a message. */
    public String wire() {
        return wire;
    }

    static DrainReason parse(String wire) {
        return Arrays.stream(values())
                .filter(reason -> reason.wire.equals(wire))
                .findFirst()
                .orElse(OTHER);
    }
}
