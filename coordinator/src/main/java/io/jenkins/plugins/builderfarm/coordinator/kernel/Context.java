package io.jenkins.plugins.builderfarm.coordinator.kernel;

import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import java.time.Duration;
import java.util.SplittableRandom;

/** What all parts of the farm share. */
public final class Context {
    private final Ports ports;
    private final Timings timings;
    private final Bounds bounds;
    private final FarmLock lock = new FarmLock();
    private final FarmTime time;
    private final TimerWheel wheel = new TimerWheel();
    private final Announcer announcer;

    /** For spreading things out, not for secrets. Guarded by the lock. */
    private final SplittableRandom jitter;

    public Context(Ports ports, Timings timings, Bounds bounds) {
        this.ports = ports;
        this.timings = timings;
        this.bounds = bounds;
        this.time = new FarmTime(ports.clock());
        this.announcer = new Announcer(lock, ports.events());
        this.jitter = new SplittableRandom(ports.random().nextLong());
    }

    public Ports ports() {
        return ports;
    }

    public Timings timings() {
        return timings;
    }

    public Bounds bounds() {
        return bounds;
    }

    public FarmLock lock() {
        return lock;
    }

    public FarmTime time() {
        return time;
    }

    public TimerWheel wheel() {
        return wheel;
    }

    public Announcer announcer() {
        return announcer;
    }

    /** Sets a timer to go off after a while. */
    public void set(Timer timer, Duration after) {
        wheel.set(timer, time.now() + after.toMillis());
    }

    /** A number of milliseconds between the two, at random. */
    public long between(Duration least, Duration most) {
        return jitter.nextLong(least.toMillis(), most.toMillis() + 1);
    }
}
