package io.jenkins.plugins.builderfarm.testbed.machine;

import java.util.concurrent.atomic.AtomicInteger;

/** What happened to all machines of a storm so far. Thread-safe. */
final class StormCounts {
    final AtomicInteger dials = new AtomicInteger();
    /** Upgrades answered by something else than a WebSocket: the controller's back-pressure. */
    final AtomicInteger busy = new AtomicInteger();
    /** Dials that got no answer at all. */
    final AtomicInteger unreachable = new AtomicInteger();

    final AtomicInteger refused = new AtomicInteger();
    /** Connections that ended after the machine was in. */
    final AtomicInteger lost = new AtomicInteger();
}
