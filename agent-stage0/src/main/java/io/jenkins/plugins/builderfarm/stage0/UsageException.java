package io.jenkins.plugins.builderfarm.stage0;

/** A mistake on the command line; the message names the flag. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
