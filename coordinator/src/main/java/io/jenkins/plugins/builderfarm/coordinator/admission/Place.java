package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Timer;

/** One stranger's place, from the upgrade until it has proved itself or is gone. Guarded by the farm's lock. */
final class Place implements Ticket {
    private final Context context;
    private final Places places;
    private final String address;
    private final Timer deadline = new Timer(this::expired);
    private boolean taken = true;
    private boolean opened;
    private Runnable tooSlow = () -> {};

    /** @param places where this one was just taken */
    Place(Context context, Places places, String address) {
        this.context = context;
        this.places = places;
        this.address = address;
        context.set(deadline, context.timings().handshake());
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void cancel() {
        context.lock().run(() -> {
            if (!opened) {
                giveBack();
            }
        });
    }

    /**
     * The connection is there.
     *
     * @param newTooSlow what to do if it doesn't prove itself in time
     * @return false if the place was given back or has expired
     */
    boolean open(Runnable newTooSlow) {
        if (opened) {
            throw new IllegalStateException("the ticket was opened before");
        }
        opened = true;
        tooSlow = newTooSlow;
        if (taken) {
            context.set(deadline, context.timings().handshake());
        }
        return taken;
    }

    private void expired() {
        Runnable action = tooSlow;
        giveBack();
        action.run();
    }

    /** Without effect the second time. */
    void giveBack() {
        deadline.cancel();
        if (taken) {
            taken = false;
            places.giveBack(address);
        }
        tooSlow = () -> {};
    }
}
