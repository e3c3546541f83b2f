package io.jenkins.plugins.builderfarm.coordinator.admission;

/** The right to one connection, given before the HTTP upgrade; open it once, or give it back. Thread-safe. */
public interface Ticket {
    /** The address it was given to. */
    String address();

    /** Gives it back: the upgrade failed. Without effect once it was opened. A forgotten one expires by itself. */
    void cancel();
}
