package io.jenkins.plugins.builderfarm.coordinator.kernel;

/**
 * Timers in a ring of slots, a second each. Setting, cancelling and firing cost the same however many there are; a timer
 * that is further away than one turn is looked at once in each turn. Guarded by the farm's lock.
 */
public final class TimerWheel {
    private static final int SLOTS = 1 << 10;
    private static final long SLOT_MILLIS = 1_000;

    /** Rings of timers, each begun by one that never fires. */
    private final Timer[] slots = new Timer[SLOTS];

    private final Timer firing = new Timer(() -> {});
    private long hand;
    private long examined;

    public TimerWheel() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Timer(() -> {});
        }
    }

    /** Sets the timer, instead of what it was set to before. It fires in the first second that begins when it is due. */
    public void set(Timer timer, long due) {
        timer.cancel();
        timer.setDue(due);
        long slot = Math.max((due + SLOT_MILLIS - 1) / SLOT_MILLIS, hand + 1);
        timer.linkBefore(slots[(int) (slot % SLOTS)]);
    }

    /** Fires what is due. Timers may be set and cancelled by those that fire. */
    public void advance(long now) {
        while ((hand + 1) * SLOT_MILLIS <= now) {
            hand++;
            collect(slots[(int) (hand % SLOTS)], now);
        }
        for (Timer timer = firing.next(); timer != firing; timer = firing.next()) {
            timer.cancel();
            timer.fire();
        }
    }

    private void collect(Timer slot, long now) {
        Timer next;
        for (Timer timer = slot.next(); timer != slot; timer = next) {
            next = timer.next();
            examined++;
            if (timer.due() <= now) {
                timer.cancel();
                timer.linkBefore(firing);
            }
        }
    }

    /** How many timers were looked at so far: a measure of work, for tests. */
    public long examined() {
        return examined;
    }
}
