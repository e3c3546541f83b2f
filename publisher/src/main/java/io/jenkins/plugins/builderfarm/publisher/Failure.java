package io.jenkins.plugins.builderfarm.publisher;

/** Why a command can't do what it was asked for: one line for people, and the exit code that goes with it. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    static final int UNEXPECTED = 1;
    /** Bad flags. */
    static final int USAGE = 2;
    /** A local file, a signing key or a jar, can't be used. */
    static final int FILE = 3;
    /** The bucket can't be reached, or refused. */
    static final int BUCKET = 4;
    /** What the manifest says does not allow the change, or it can't be trusted. */
    static final int MANIFEST = 5;
    /** Somebody else keeps changing the manifest. */
    static final int CONFLICT = 6;

    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static Failure usage(String message) {
        return new Failure(USAGE, message + " (--help says more)", null);
    }

    static Failure file(String message) {
        return new Failure(FILE, message, null);
    }

    static Failure bucket(String message, Throwable cause) {
        return new Failure(BUCKET, message, cause);
    }

    static Failure manifest(String message) {
        return new Failure(MANIFEST, message, null);
    }

    static Failure conflict(String message) {
        return new Failure(CONFLICT, message, null);
    }

    int exitCode() {
        return exitCode;
    }
}
