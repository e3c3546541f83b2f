package io.jenkins.plugins.builderfarm.bucket;

import java.util.ArrayList;
import java.util.List;

/**
 * How an answer goes out: in full, or with something in its way.
 *
 * @param head false: the connection closes without a word
 * @param excess bytes that Content-Length promises beyond the body; negative: fewer than there are
 * @param obstacles in no particular order
 */
record Delivery(boolean head, long excess, List<Obstacle> obstacles) {

    static final Delivery WHOLE = new Delivery(true, 0, List.of());

    /**
     * Something that happens once a number of the body's bytes is out.
     *
     * @param afterBytes at the latest when the body is out
     * @param gate holds the thread; null: the connection closes here
     */
    record Obstacle(long afterBytes, Hang gate) {}

    Delivery {
        obstacles = List.copyOf(obstacles);
    }

    Delivery silent() {
        return new Delivery(false, excess, obstacles);
    }

    Delivery promising(long more) {
        return new Delivery(head, excess + more, obstacles);
    }

    Delivery obstructedBy(Obstacle obstacle) {
        List<Obstacle> more = new ArrayList<>(obstacles);
        more.add(obstacle);
        return new Delivery(head, excess, more);
    }
}
