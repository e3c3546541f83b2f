package io.jenkins.plugins.builderfarm.coordinator.jobs;

/** Says what is wrong with a template, and in which line. */
public final class TemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int line;

    TemplateException(int line, String message) {
        super("line " + line + ": " + message);
        this.line = line;
    }

    /** From 1; in a script inside XML it is the XML's. */
    public int line() {
        return line;
    }
}
