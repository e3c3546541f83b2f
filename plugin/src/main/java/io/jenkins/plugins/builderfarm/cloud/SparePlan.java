package io.jenkins.plugins.builderfarm.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Which spares have had their time. Pure. */
final class SparePlan {
    private SparePlan() {}

    /**
     * @param since when each was leased, in milliseconds since the epoch
     * @param wanted how many are to be kept
     * @param atOnce whether the surplus goes even if it is young
     * @return the surplus, oldest first, and at most one more that is to be made anew
     */
    static <L> List<L> toGiveBack(
            List<L> spares,
            ToLongFunction<L> since,
            int wanted,
            boolean atOnce,
            long now,
            Duration linger,
            Duration refresh) {
        List<L> oldest = new ArrayList<>(spares);
        oldest.sort(Comparator.comparingLong(since));
        List<L> back = new ArrayList<>();
        for (L spare : oldest) {
            long age = now - since.applyAsLong(spare);
            boolean surplus = oldest.size() - back.size() > wanted;
            if (surplus && (atOnce || age >= linger.toMillis())) {
                back.add(spare);
            } else if (!surplus && back.isEmpty() && age >= refresh.toMillis()) {
                back.add(spare);
            }
        }
        return back;
    }
}
