package io.jenkins.plugins.builderfarm.coordinator.config;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an administrator says about one reverse host type. Immutable.
 *
 * @param disabled nobody is let in and idle machines are sent away; builds under way finish
 * @param expected how many machines there should be; 0 if nobody counts on any
 * @param rebootAfterBuild whether a released machine is told to reboot
 * @param minimumBuildlet the oldest buildlet that is let in
 * @param generations the generations of the builder key that are valid
 * @param denied machines that are not let in
 * @param pinned if not empty, the only machines that are let in
 * @param owner who to ask about these machines; may be empty
 */
public record HostTypeSettings(
        HostTypeName name,
        boolean disabled,
        int expected,
        boolean rebootAfterBuild,
        Optional<Version> minimumBuildlet,
        Set<Integer> generations,
        Set<Hostname> denied,
        Set<Hostname> pinned,
        String owner) {
    public HostTypeSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(minimumBuildlet, "minimumBuildlet");
        Objects.requireNonNull(owner, "owner");
        generations = Set.copyOf(generations);
        denied = Set.copyOf(denied);
        pinned = Set.copyOf(pinned);
        if (expected < 0) {
            throw new IllegalArgumentException("host type " + name + " expects fewer than no machines");
        }
    }

    /** A host type about which nothing special is said: enabled, generation 1 of its key valid. */
    public static HostTypeSettings of(HostTypeName name) {
        return new HostTypeSettings(name, false, 0, false, Optional.empty(), Set.of(1), Set.of(), Set.of(), "");
    }

    /**
     * What speaks against a machine that has proved that it belongs to this host type; the gravest first.
     *
     * @param generation of the key that it proved
     */
    public Optional<Objection> objection(Hostname hostname, int generation, Version buildlet) {
        if (!generations.contains(generation)) {
            return objection(Objection.Kind.KEY_REVOKED, "generation " + generation + " of the key is not valid");
        }
        if (denied.contains(hostname)) {
            return objection(Objection.Kind.MACHINE_DENIED, "the machine is denied");
        }
        if (!pinned.isEmpty() && !pinned.contains(hostname)) {
            return objection(Objection.Kind.MACHINE_NOT_PINNED, "the host type has pinned machines, this is none");
        }
        if (disabled) {
            return objection(Objection.Kind.HOST_TYPE_DISABLED, "the host type is disabled");
        }
        if (minimumBuildlet.isPresent() && buildlet.compareTo(minimumBuildlet.get()) < 0) {
            return objection(
                    Objection.Kind.BUILDLET_TOO_OLD,
                    "buildlet " + buildlet + " is older than " + minimumBuildlet.get() + ", the oldest allowed");
        }
        return Optional.empty();
    }

    private static Optional<Objection> objection(Objection.Kind kind, String detail) {
        return Optional.of(new Objection(kind, detail));
    }

    public HostTypeSettings withDisabled(boolean newDisabled) {
        return new HostTypeSettings(
                name, newDisabled, expected, rebootAfterBuild, minimumBuildlet, generations, denied, pinned, owner);
    }

    public HostTypeSettings withExpected(int newExpected) {
        return new HostTypeSettings(
                name, disabled, newExpected, rebootAfterBuild, minimumBuildlet, generations, denied, pinned, owner);
    }

    public HostTypeSettings withRebootAfterBuild(boolean newReboot) {
        return new HostTypeSettings(
                name, disabled, expected, newReboot, minimumBuildlet, generations, denied, pinned, owner);
    }

    public HostTypeSettings withMinimumBuildlet(Version newMinimum) {
        return new HostTypeSettings(
                name,
                disabled,
                expected,
                rebootAfterBuild,
                Optional.of(newMinimum),
                generations,
                denied,
                pinned,
                owner);
    }

    public HostTypeSettings withGenerations(Set<Integer> newGenerations) {
        return new HostTypeSettings(
                name, disabled, expected, rebootAfterBuild, minimumBuildlet, newGenerations, denied, pinned, owner);
    }

    public HostTypeSettings withDenied(Set<Hostname> newDenied) {
        return new HostTypeSettings(
                name, disabled, expected, rebootAfterBuild, minimumBuildlet, generations, newDenied, pinned, owner);
    }

    public HostTypeSettings withPinned(Set<Hostname> newPinned) {
        return new HostTypeSettings(
                name, disabled, expected, rebootAfterBuild, minimumBuildlet, generations, denied, newPinned, owner);
    }

    public HostTypeSettings withOwner(String newOwner) {
        return new HostTypeSettings(
                name, disabled, expected, rebootAfterBuild, minimumBuildlet, generations, denied, pinned, newOwner);
    }
}
