package io.jenkins.plugins.builderfarm.stage0.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The bucket didn't give what was asked for; the message names the object and the reason. */
final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    enum Remedy {
        /** Ask again: the network or the server had a bad moment. */
        RETRY,
        /** What was fetched before doesn't go with what is there now: begin from nothing. */
        RESTART,
        /** Asking again brings the same. */
        NONE
    }

    private final Remedy remedy;
    private final transient Optional<Duration> retryAfter;

    FetchException(Remedy remedy, String message) {
        this(remedy, message, Optional.empty(), null);
    }

    FetchException(Remedy remedy, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    Remedy remedy() {
        return remedy;
    }

    /** When the server wants to be asked again, if it said so. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
