package io.jenkins.plugins.builderfarm.coordinator.config;

/**
 * How much of anything strangers and machines may ask for.
 *
 * @param unproved connections that have not proved themselves, upgrades in flight included, of all addresses together
 * @param unprovedPerAddress the same of one address
 * @param exemptLoopback whether loopback addresses are exempt from {@code unprovedPerAddress}: behind a reverse proxy on
 *     the same computer every machine comes from there
 * @param messages how many messages a connection may send in ten seconds
 * @param refusals how many of the latest refusals are kept for administrators
 * @param machines how many machines of one host type are remembered that are not connected
 */
public record Bounds(
        int unproved, int unprovedPerAddress, boolean exemptLoopback, int messages, int refusals, int machines) {
    /** What runs in production. */
    public static final Bounds DEFAULT = new Bounds(256, 64, true, 20, 200, 10_000);

    public Bounds {
        if (unproved < 1 || unprovedPerAddress < 1 || messages < 1 || refusals < 1 || machines < 0) {
            throw new IllegalArgumentException("every bound must be positive");
        }
    }
}
