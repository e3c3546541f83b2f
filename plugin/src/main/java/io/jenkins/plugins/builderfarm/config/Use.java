package io.jenkins.plugins.builderfarm.config;

/** Which jobs may ask for a host type at all, whatever code they build. */
public enum Use {
    /** Those that the farm made from a template. */
    FARM("Only jobs that the farm made"),
    /** Those, and the jobs that an administrator listed: for the farm as reviewed, or for the host type. */
    LISTED("Jobs that the farm made, and listed ones"),
    /** Every job of this Jenkins. */
    ANY("Any job of this Jenkins");

    private final String displayName;

    Use(String displayName) {
        this.displayName = displayName;
    }

    public String getDisplayName() {
        return displayName;
    }
}
