package io.jenkins.plugins.builderfarm.keys;

import hudson.ExtensionPoint;

/** Told when other builder keys are valid than before, after that was saved. */
public interface KeysListener extends ExtensionPoint {
    /** May be called from any thread; must not block. */
    void changed();

    /**
     * Somebody saw or changed keys.
     *
     * @param what who did what, for people; never a key
     */
    default void audited(String what) {}
}
