package io.jenkins.plugins.builderfarm.config;

/** Which code a host type may run. */
public enum Trust {
    /** Only what was reviewed and submitted: what volunteers' machines run. */
    REVIEWED("Reviewed and submitted code only"),
    /** Anything, pre-submit builds too. */
    ANY("Any code, pre-submit builds too");

    private final String displayName;

    Trust(String displayName) {
        this.displayName = displayName;
    }

    public String getDisplayName() {
        return displayName;
    }
}
