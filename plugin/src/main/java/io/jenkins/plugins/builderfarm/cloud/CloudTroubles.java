package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Queue;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;

/**
 * What other clouds answered to the farm's latest orders, if it was no. For a while nothing is ordered of that kind
 * again, and what waits for it says why. Thread-safe.
 */
@Extension
public final class CloudTroubles {
    private final Map<String, Trouble> byHostType = new ConcurrentHashMap<>();
    private final InstantSource clock = InstantSource.system();

    /** What may be wrong. */
    enum Kind {
        FULL("takes no order now"),
        HELD_BACK("is held back by a plugin"),
        /** Why exactly may name accounts and addresses, which are nothing for everyone who sees the queue. */
        FAILED("failed to make a machine, the log says why");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** @param kind of trouble, since a moment */
    record Trouble(Kind kind, Instant at) {}

    static CloudTroubles get() {
        return ExtensionList.lookupSingleton(CloudTroubles.class);
    }

    /** As long as Jenkins itself waits before it asks a cloud again. */
    private static Duration pause() {
        return SystemProperties.getDuration(
                CloudTroubles.class.getName() + ".pause", ChronoUnit.SECONDS, Duration.ofSeconds(10));
    }

    void add(HostType hostType, Kind kind) {
        byHostType.put(hostType.getName(), new Trouble(kind, clock.instant()));
        // What waits is told now, and may be ordered again then.
        Queue.getInstance().scheduleMaintenance();
        Timer.get()
                .schedule(
                        () -> Queue.getInstance().scheduleMaintenance(), pause().toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    void clear(HostType hostType) {
        byHostType.remove(hostType.getName());
    }

    /** Empty if the host type may be ordered. */
    Optional<Trouble> of(HostType hostType) {
        Trouble trouble = byHostType.get(hostType.getName());
        return trouble == null || trouble.at().plus(pause()).isBefore(clock.instant())
                ? Optional.empty()
                : Optional.of(trouble);
    }
}
