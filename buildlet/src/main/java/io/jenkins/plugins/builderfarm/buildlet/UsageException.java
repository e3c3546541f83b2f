package io.jenkins.plugins.builderfarm.buildlet;

/** A mistake in the flags; the message names the flag. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
