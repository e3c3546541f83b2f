package io.jenkins.plugins.builderfarm.keys;

import hudson.ExtensionPoint;

/** Told when other builder keys are valid than before, after that was saved. */
public interface KeysListener extends ExtensionPoint {
    /** May be called from any thread; must not block. */
    void changed();
}
