package io.jenkins.plugins.builderfarm.buildlet.log;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions as a person would say them. Stateless. */
public final class Reasons {
    private static final int DEEPEST = 8;

    private Reasons() {}

    /** One line, without a class's name where the message says enough by itself. */
    public static String of(Throwable problem) {
        Throwable root = problem;
        for (int i = 0; i < DEEPEST && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        if (root instanceof UnknownHostException) {
            return "unknown host " + message;
        }
        if (root instanceof ConnectException && message != null) {
            return message;
        }
        if (root instanceof NoSuchFileException file && file.getReason() == null) {
            return message + " does not exist";
        }
        if (root instanceof AccessDeniedException file && file.getReason() == null) {
            return "no permission for " + message;
        }
        if (root instanceof FileSystemException && message != null) {
            return message;
        }
        return root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
