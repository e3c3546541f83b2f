package io.jenkins.plugins.builderfarm.buildlet;

/** What the buildlet's end means to whoever started it. */
enum ExitCode {
    /** Start again at once: released, or sent away for a newer buildlet. */
    COME_BACK(0, "released, or to be started again at once"),
    FAILURE(1, "unexpected failure"),
    USAGE(2, "bad flags"),
    KEY(3, "the builder key is missing or can't be used"),
    REFUSED(4, "refused by the controller, after the wait that it asked for"),
    OUT_OF_REACH(5, "the controller could not be reached for ten minutes"),
    WORK_DIRECTORY(6, "the work directory can't be used"),
    REBOOTING(7, "the machine is rebooting");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
