package io.jenkins.plugins.builderfarm.pages;

import hudson.Util;
import java.time.Duration;
import java.time.Instant;

/** Times as people read them. */
final class Times {
    private Times() {}

    /** How long ago that was, {@code 3 min 20 sec}; a dash for null. */
    static String ago(String instant) {
        return instant == null
                ? "-"
                : Util.getTimeSpanString(Math.max(
                        0,
                        Duration.between(Instant.parse(instant), Instant.now()).toMillis()));
    }
}
