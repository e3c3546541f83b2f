package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.network.ProxyRefusal;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What Java's network exceptions leave unsaid. Stateless. */
final class NetworkErrors {
    private NetworkErrors() {}

    /** A clause for people. */
    static String explain(IOException e) {
        if (e instanceof UnknownHostException) {
            return "no address for " + e.getMessage();
        }
        if (ProxyRefusal.is(e)) {
            return ProxyRefusal.TEXT;
        }
        return e instanceof SocketTimeoutException ? "no answer in time" : Explain.of(e);
    }
}
