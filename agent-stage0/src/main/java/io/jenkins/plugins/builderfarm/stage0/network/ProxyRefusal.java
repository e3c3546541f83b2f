package io.jenkins.plugins.builderfarm.stage0.network;

import java.io.IOException;

/** A proxy that doesn't know this machine. Stateless. */
public final class ProxyRefusal {
    /** A clause for people. */
    public static final String TEXT = "the proxy wants another password, or any";
    /** HTTP's number for it. */
    public static final int STATUS = 407;

    private ProxyRefusal() {}

    /** Whether that is what went wrong. Java has no exception for it, and gives the proxy's own words. */
    public static boolean is(IOException e) {
        String message = e.getMessage();
        return message != null
                && message.startsWith("Unable to tunnel through proxy")
                && message.contains(" " + STATUS);
    }
}
