package io.jenkins.plugins.builderfarm.coordinator.conduct;

/**
 * What is known of a build whose machine vanished, and with that, whether it is built again. Immutable.
 *
 * @param failed whether it ended in anything but success
 * @param aborted whether somebody, or a limit, ended it
 * @param wentOn whether it took another machine after the loss: then it looks after itself
 * @param ours whether its job is of a kind that the farm builds again
 * @param repeats whether it is a replay, or a restart from a stage: its job alone doesn't say what it did
 * @param retries how often the farm has built it again before
 * @param most how often it may
 */
public record VanishedBuild(
        boolean failed, boolean aborted, boolean wentOn, boolean ours, boolean repeats, int retries, int most) {
    /** What becomes of it. */
    public enum Verdict {
        /** It came to a good end without the machine. */
        FINE(""),
        ABORTED("it was aborted"),
        WENT_ON("it went on with another machine"),
        OTHERS("this is neither a Freestyle job nor one that the farm made: retry(conditions: [agent()]) in the"
                + " Pipeline does this"),
        REPEATS("it repeats another build in its own way: start it by hand"),
        NEVER("the farm is configured to leave that to people"),
        USED_UP("it was tried again as often as the farm is configured to"),
        AGAIN("");

        private final String reason;

        Verdict(String reason) {
            this.reason = reason;
        }

        /** Why it is not built again; empty if there is nothing to explain. */
        public String reason() {
            return reason;
        }
    }

    public Verdict verdict() {
        if (!failed) {
            return Verdict.FINE;
        }
        if (aborted) {
            return Verdict.ABORTED;
        }
        if (wentOn) {
            return Verdict.WENT_ON;
        }
        if (!ours) {
            return Verdict.OTHERS;
        }
        if (repeats) {
            return Verdict.REPEATS;
        }
        if (most == 0) {
            return Verdict.NEVER;
        }
        return retries < most ? Verdict.AGAIN : Verdict.USED_UP;
    }
}
