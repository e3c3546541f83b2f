package io.jenkins.plugins.builderfarm.stage0.run;

/** What a run says about the release that ran. */
public enum Ending {
    /** A lease was finished: the release is good. */
    PROVED,
    /** It dialled in and was ended by somebody else, by the controller or by the machine's owner: no verdict. */
    UNDECIDED,
    /** It ended, or was ended, before it had finished a lease. */
    FAILED
}
