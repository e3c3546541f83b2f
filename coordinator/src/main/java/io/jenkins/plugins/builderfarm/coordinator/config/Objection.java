package io.jenkins.plugins.builderfarm.coordinator.config;

import java.util.Objects;

/**
 * Why a configuration has no place for a machine.
 *
 * @param detail for administrators
 */
public record Objection(Kind kind, String detail) {
    /** The kinds of objections, and what becomes of a machine that is in already. */
    public enum Kind {
        KEY_REVOKED(true),
        MACHINE_DENIED(true),
        MACHINE_NOT_PINNED(true),
        HOST_TYPE_DISABLED(false),
        BUILDLET_TOO_OLD(false);

        private final boolean atOnce;

        Kind(boolean atOnce) {
            this.atOnce = atOnce;
        }

        /** Whether the machine goes at once, whatever it does; else it finishes its lease first. */
        public boolean isAtOnce() {
            return atOnce;
        }
    }

    public Objection {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }
}
