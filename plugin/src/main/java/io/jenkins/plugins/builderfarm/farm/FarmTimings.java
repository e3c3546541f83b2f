package io.jenkins.plugins.builderfarm.farm;

import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import jenkins.util.SystemProperties;

/**
 * How long the farm waits for what; for unusual networks two of them can be changed by system properties that begin with
 * this class's name, in seconds. Stateless.
 */
final class FarmTimings {
    private FarmTimings() {}

    /** With {@code .online}, from an accepted lease to its agent, and {@code .vanished}, for a machine that is gone. */
    static Timings current() {
        Timings usual = Timings.DEFAULT;
        return new Timings(
                usual.handshake(),
                usual.healthCheck(),
                usual.healthAnswer(),
                usual.accept(),
                seconds("online", usual.online()),
                seconds("vanished", usual.vanished()),
                usual.release(),
                usual.restartGrace(),
                usual.unchanged(),
                usual.returning());
    }

    private static Duration seconds(String name, Duration usual) {
        return SystemProperties.getDuration(FarmTimings.class.getName() + "." + name, ChronoUnit.SECONDS, usual);
    }
}
