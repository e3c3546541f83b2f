package io.jenkins.plugins.builderfarm.stage0.doctor;

/** How bad a finding is, the harmless first. Warnings and failures stand out in a row of lines. */
public enum Level {
    SKIP("skip", 0),
    OK("ok", 0),
    WARN("warn", 10),
    FAIL("FAIL", 11);

    private final String label;
    private final int exitCode;

    Level(String label, int exitCode) {
        this.label = label;
        this.exitCode = exitCode;
    }

    /** How it is printed. */
    public String label() {
        return label;
    }

    /** The exit code of a doctor whose worst finding this is; none of them is one that a start of stage0 has. */
    public int exitCode() {
        return exitCode;
    }
}
