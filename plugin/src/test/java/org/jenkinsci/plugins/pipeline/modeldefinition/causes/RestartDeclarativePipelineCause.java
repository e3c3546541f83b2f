package org.jenkinsci.plugins.pipeline.modeldefinition.causes;

import hudson.model.Cause;

/**
 * Stands for the class of that name in the Declarative Pipeline plugin, which is known by name alone and isn't among the
 * tests' dependencies.
 */
public final class RestartDeclarativePipelineCause extends Cause {
    private final int originRunNumber;

    public RestartDeclarativePipelineCause(int originRunNumber) {
        this.originRunNumber = originRunNumber;
    }

    public int getOriginRunNumber() {
        return originRunNumber;
    }

    @Override
    public String getShortDescription() {
        return "Restarted from build #" + originRunNumber + ", stage Test";
    }
}
