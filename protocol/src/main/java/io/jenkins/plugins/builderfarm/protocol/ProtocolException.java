package io.jenkins.plugins.builderfarm.protocol;

/** Input from the other side that can't be understood; the message names what is wrong and where, never a secret. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
