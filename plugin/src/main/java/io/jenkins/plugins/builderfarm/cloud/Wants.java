package io.jenkins.plugins.builderfarm.cloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who waits and what there is for them: gives each waiting item at most one of the leases that no build has taken yet,
 * so that what is on its way is counted once and nothing is leased twice for one item. Pure.
 *
 * @param <W> who waits, in the order of the queue
 * @param <L> a lease
 */
final class Wants<W, L> {
    private final Map<W, L> given = new LinkedHashMap<>();
    private final List<W> unserved = new ArrayList<>();
    private final Set<L> left;

    /**
     * @param before who was given which lease the last time; kept where it still holds, so that leases don't wander
     * @param free in the order of preference: those that are ready first
     */
    Wants(List<W> waiting, Map<W, L> before, List<L> free, BiPredicate<W, L> serves) {
        left = new LinkedHashSet<>(free);
        Map<W, L> kept = new HashMap<>();
        for (W want : waiting) {
            L lease = before.get(want);
            if (lease != null && left.contains(lease) && serves.test(want, lease)) {
                left.remove(lease);
                kept.put(want, lease);
            }
        }
        for (W want : waiting) {
            L lease = kept.get(want);
            if (lease == null) {
                Optional<L> found =
                        left.stream().filter(one -> serves.test(want, one)).findFirst();
                lease = found.orElse(null);
            }
            if (lease == null) {
                unserved.add(want);
            } else {
                left.remove(lease);
                given.put(want, lease);
            }
        }
    }

    /** The lease that each one gets, by who gets it. */
    Map<W, L> given() {
        return given;
    }

    /** Those for whom a machine must be leased, first come first. */
    List<W> unserved() {
        return unserved;
    }

    /** The leases that nobody waits for. */
    Set<L> left() {
        return left;
    }
}
