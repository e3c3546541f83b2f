package io.jenkins.plugins.builderfarm.coordinator.results;

/** How a build ended. */
public enum Outcome {
    PASSED,
    UNSTABLE,
    FAILED,
    ABORTED,
    NOT_BUILT,
    /** Its machine vanished: that says nothing of the code. */
    MACHINE_VANISHED
}
