package io.jenkins.plugins.builderfarm.buildlet.control;

import java.time.Duration;
import java.util.Optional;

/** What a connection tells its user, on the connection's own thread. */
public interface Receiver {
    void received(String text);

    /**
     * The connection ended, or could not be made. Called once or more; the first time counts.
     *
     * @param reason for people
     * @param retryAfter how long the server asked to be left alone; empty if it didn't say
     */
    void closed(String reason, Optional<Duration> retryAfter);
}
