package io.jenkins.plugins.builderfarm.testbed.machine;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One control connection without a socket. Messages are delivered one after the other, in order, by the thread whose send
 * found nobody delivering, so that neither end is ever called from inside its own call. Thread-safe.
 */
public final class MemoryLink implements Connection {
    private static final String ADDRESS = "127.0.0.1";
    private static final int USUAL_QUEUE = 4;

    private final SimulatedMachine machine;
    private final Line line = new MachineEnd();
    private final Queue<Runnable> deliveries = new ArrayDeque<>(USUAL_QUEUE); // guarded by this
    private boolean delivering = true; // guarded by this; the challenge waits until the session is known
    private Session session; // guarded by this
    private boolean closed; // only touched by the one who delivers

    /** Not connected yet. */
    public MemoryLink(SimulatedMachine machine) {
        this.machine = machine;
    }

    public SimulatedMachine machine() {
        return machine;
    }

    /**
     * Dials, and returns when both ends have said what they have to say. To be called once.
     *
     * @throws IllegalStateException if the coordinator hears too many others
     */
    public void connect(Coordinator coordinator) {
        machine.opened(line);
        Session opened = coordinator.open(
                coordinator.tryUpgrade(ADDRESS).orElseThrow(() -> new IllegalStateException("no ticket")), this);
        synchronized (this) {
            session = opened;
        }
        deliverAll();
    }

    @Override
    public void send(String text) {
        deliver(() -> {
            try {
                machine.received(text);
            } catch (ProtocolException e) {
                throw new IllegalStateException("the coordinator does not speak the protocol", e);
            }
        });
    }

    @Override
    public void close(String reason) {
        deliver(this::end);
    }

    private void end() {
        if (!closed) {
            closed = true;
            machine.closed();
            session().closed("closed");
        }
    }

    private synchronized Session session() {
        return session;
    }

    private void deliver(Runnable delivery) {
        synchronized (this) {
            deliveries.add(delivery);
            if (delivering) {
                return;
            }
            delivering = true;
        }
        deliverAll();
    }

    private void deliverAll() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = deliveries.poll();
                if (next == null) {
                    delivering = false;
                    return;
                }
            }
            next.run();
        }
    }

    private final class MachineEnd implements Line {
        @Override
        public void send(String text) {
            deliver(() -> session().received(text));
        }

        @Override
        public void close() {
            deliver(MemoryLink.this::end);
        }
    }
}
