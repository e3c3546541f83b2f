package io.jenkins.plugins.builderfarm.coordinator.view;

/** How a host type does, worst last. */
public enum Health {
    OK,
    /** Machines are missing, or set aside. */
    WARNING,
    /** At least 15 % of the expected machines are missing, or two machines claim one name. */
    ERROR
}
