package io.jenkins.plugins.builderfarm.coordinator.view;

/** Where a machine is. The names are those of the JSON pages. */
public enum MachineState {
    /** Let in; it runs its preflight and will say whether it can work. */
    CONNECTING,
    /** Can be leased. */
    IDLE,
    /** Let in, but its preflight found reasons against giving it work, or it is drained. */
    SET_ASIDE,
    /** A lease was made for it that it doesn't know of yet. */
    RESERVED,
    /** It was told of the lease; the agent isn't online yet. */
    STARTING,
    /** Leased, the agent is online, and no build has come yet. */
    SPARE,
    /** A build has taken the lease. */
    BUSY,
    /** The lease is over; the machine cleans up. */
    RELEASING,
    /** Told to leave, and not gone yet. */
    LEAVING,
    /** Known from before, and not connected. */
    MISSING;

    /** Whether there is a lease that has not ended. */
    public boolean isLeased() {
        return this == RESERVED || this == STARTING || this == SPARE || this == BUSY;
    }
}
