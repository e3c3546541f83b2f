package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import io.jenkins.plugins.builderfarm.stage0.network.ProxyRefusal;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/** What a server's refusal, or its silence, means to a fetch. Stateless. */
final class HttpFailures {
    private static final int NOT_FOUND = 404;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;
    private static final int LONGEST_RETRY_AFTER_DIGITS = 6;

    private HttpFailures() {}

    static FetchException refused(String url, int status, String retryAfter, IOException cause) {
        boolean passing = status == TIMED_OUT || status == TOO_MANY || status >= SERVER_FAULT;
        String meaning =
                switch (status) {
                    case 401, 403 -> " (this machine may not read it)";
                    case NOT_FOUND -> " (it is not there)";
                    case ProxyRefusal.STATUS -> " (" + ProxyRefusal.TEXT + ")";
                    case TOO_MANY -> " (too many requests)";
                    default -> "";
                };
        return new FetchException(
                passing ? Remedy.RETRY : Remedy.NONE, url + ": HTTP " + status + meaning, wait(retryAfter), cause);
    }

    private static Optional<Duration> wait(String header) {
        boolean seconds = header != null && header.matches("\\d{1," + LONGEST_RETRY_AFTER_DIGITS + "}");
        return seconds ? Optional.of(Duration.ofSeconds(Long.parseLong(header))) : Optional.empty();
    }

    static FetchException unreachable(String url, IOException e) {
        if (e instanceof FetchException known) {
            return known;
        }
        // Asking again and again with a wrong password gets accounts locked.
        Remedy remedy = ProxyRefusal.is(e) ? Remedy.NONE : Remedy.RETRY;
        return new FetchException(remedy, url + ": " + explain(e), Optional.empty(), e);
    }

    /** Whether this machine has no network at all, or none that knows names yet: what a machine that boots says. */
    static boolean isOffline(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || message != null && message.contains("Network is unreachable")) {
                return true;
            }
        }
        return false;
    }

    /** What Java's network exceptions leave unsaid. */
    static String explain(IOException e) {
        if (e instanceof UnknownHostException) {
            return "no address for " + e.getMessage();
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer in time (" + e.getMessage() + ")";
        }
        if (ProxyRefusal.is(e)) {
            return ProxyRefusal.TEXT;
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
