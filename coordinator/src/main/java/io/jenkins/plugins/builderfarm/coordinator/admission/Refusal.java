package io.jenkins.plugins.builderfarm.coordinator.admission;

import java.time.Instant;

/**
 * A machine that was not let in. For administrators alone: the machine itself is told nothing.
 *
 * @param address where it dialled from
 * @param machine what it claimed to be, {@code HOST_TYPE/HOSTNAME}; empty if it got no further than the connection
 * @param detail the exact reason, in words
 */
public record Refusal(Instant at, String address, String machine, Reason reason, String detail) {
    /** The kinds of reasons. */
    public enum Reason {
        /** Said nothing that could be understood, or the wrong thing at the wrong time. */
        BAD_MESSAGE,
        /** Did not say hello in time. */
        TOO_SLOW,
        /** More messages than a machine has reason to send. */
        TOO_MANY_MESSAGES,
        PROTOCOL_VERSION,
        UNKNOWN_HOST_TYPE,
        /** The proof doesn't fit the key: another key, or another secret. */
        WRONG_KEY,
        /** A key generation that was revoked, or never made. */
        KEY_REVOKED,
        /** Dialled a URL that isn't one of this controller's. */
        WRONG_CONTROLLER,
        HOST_TYPE_DISABLED,
        MACHINE_DENIED,
        /** The host type has pinned machines, and this is none of them. */
        MACHINE_NOT_PINNED,
        BUILDLET_TOO_OLD,
        /** A machine of that name is connected and alive. */
        DUPLICATE
    }
}
