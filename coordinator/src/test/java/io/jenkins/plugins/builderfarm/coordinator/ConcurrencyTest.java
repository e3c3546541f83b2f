package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.coordinator.port.Events;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once: machines that dial and drop, leasers, a ticker, an administrator, someone who looks. */
class ConcurrencyTest {
    private static final int MACHINES = 16;
    private static final int ROUNDS = 400;

    private final FakeClock clock = new FakeClock();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<LeaseId, AtomicInteger> ends = new ConcurrentHashMap<>();
    private final AtomicInteger builds = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<LeaseId> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean inEvent = new AtomicBoolean();
    private volatile Coordinator coordinator;

    private void notWhileLocked(Runnable call) {
        try {
            // Would throw under the lock, which doesn't nest.
            coordinator.isLive(new LeaseId("host-linux-mips64-0123456789ab"));
            call.run();
        } catch (RuntimeException e) {
            wrong.add("in a callback: " + e);
        }
    }

    private final Events events = new Events() {
        @Override
        public void leaseLost(LeaseId lease, String reason) {
            alone(() -> {
                lost.incrementAndGet();
                end(lease);
            });
        }

        @Override
        public void machineReady(HostTypeName hostType) {
            alone(() -> {});
        }

        @Override
        public void outdated(LeaseId lease) {
            alone(() -> {});
        }

        @Override
        public void drained(LeaseId lease) {
            alone(() -> {});
        }

        @Override
        public void changed() {
            alone(() -> {});
        }

        private void alone(Runnable call) {
            if (!inEvent.compareAndSet(false, true)) {
                wrong.add("two events at once");
            }
            notWhileLocked(call);
            inEvent.set(false);
        }
    };

    private void end(LeaseId lease) {
        ends.computeIfAbsent(lease, key -> new AtomicInteger()).incrementAndGet();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldStandManyThreads() throws Exception {
        coordinator = new Coordinator(
                new Ports(
                        Farm.MASTER,
                        clock,
                        new SecureRandom(),
                        events,
                        new MemoryStore(),
                        ReleaseFeed.NONE,
                        () -> Farm.AGENT),
                Timings.DEFAULT,
                new Bounds(1_000, 1_000, true, 1_000_000, 10, 100));
        configure(1);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> machines = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                Volunteer volunteer = new Volunteer(i);
                machines.add(threads.submit(volunteer::live));
            }
            List<Future<?>> others = List.of(
                    threads.submit(() -> tick(over)),
                    threads.submit(() -> lease(over, 1)),
                    threads.submit(() -> lease(over, 2)),
                    threads.submit(() -> look(over)),
                    threads.submit(() -> administer(over)));
            for (Future<?> machine : machines) {
                machine.get();
            }
            over.set(true);
            for (Future<?> other : others) {
                other.get();
            }
        } finally {
            threads.shutdownNow();
        }
        // What is still leased ends by its deadlines.
        for (int i = 0; i < 600; i++) {
            clock.move(Duration.ofSeconds(1));
            coordinator.tick();
        }
        assertThat(wrong).isEmpty();
        PoolView view = coordinator.snapshot();
        assertThat(view.machines()).allMatch(machine -> machine.state() == MachineState.MISSING);
        assertThat(ends.values()).extracting(AtomicInteger::get).containsOnly(1);
        assertThat(builds.get()).as("builds").isPositive();
        assertThat(lost.get()).as("lost leases").isPositive();
        System.out.println("concurrency: " + ends.size() + " leases, " + builds + " builds, " + lost + " lost");
    }

    private void configure(int expected) {
        coordinator.configure(
                FarmSettings.of(List.of(HostTypeSettings.of(Farm.MIPS).withExpected(expected)), Set.of(Farm.URL)));
    }

    private void tick(AtomicBoolean over) {
        while (!over.get()) {
            clock.move(Duration.ofMillis(500));
            coordinator.tick();
            Thread.yield();
        }
    }

    private void administer(AtomicBoolean over) {
        Random random = new Random(5);
        while (!over.get()) {
            configure(random.nextInt(20));
            MachineId machine = MachineId.parse("host-linux-mips64/m" + random.nextInt(MACHINES));
            coordinator.drain(machine, "ada", "");
            coordinator.resume(machine);
            Thread.yield();
        }
    }

    private void look(AtomicBoolean over) {
        while (!over.get()) {
            Set<MachineId> machines = new HashSet<>();
            Set<LeaseId> leases = new HashSet<>();
            for (MachineView machine : coordinator.snapshot().machines()) {
                if (!machines.add(machine.id())) {
                    wrong.add(machine.id() + " is there twice");
                }
                if (machine.lease().isPresent() && !leases.add(machine.lease().get())) {
                    wrong.add(machine.lease() + " is there twice");
                }
            }
            Thread.yield();
        }
    }

    /** Leases machines as Jenkins would, and ends each lease in one of its ways. */
    private void lease(AtomicBoolean over, long seed) {
        Random random = new Random(seed);
        while (!over.get()) {
            Optional<Lease> reserved = coordinator.reserve(Farm.MIPS);
            if (reserved.isEmpty()) {
                Thread.yield();
                continue;
            }
            LeaseId lease = reserved.get().id();
            if (random.nextInt(8) == 0) {
                if (coordinator.cancel(lease)) {
                    end(lease);
                }
                continue;
            }
            coordinator.start(lease, "secret");
            coordinator.agentOnline(lease);
            if (coordinator.used(lease)) {
                builds.incrementAndGet();
            }
            if (random.nextInt(3) == 0) {
                // Left to its deadlines.
                coordinator.agentOffline(lease);
            } else if (coordinator.release(lease)) {
                end(lease);
            }
        }
    }

    /** One machine on its own thread, as a WebSocket's reader would be. */
    private final class Volunteer {
        private final TestMachine voice =
                new TestMachine(new Farm(), MachineId.parse("host-linux-mips64/m" + number()));
        private final Random random;
        private Optional<LeaseId> held = Optional.empty();

        Volunteer(int seed) {
            random = new Random(seed);
        }

        private int number() {
            return numbers.getAndIncrement() % (MACHINES - 2);
        }

        /** A number of connections, one after the other; two pairs of machines share a name. */
        Void live() throws InterruptedException, ProtocolException {
            for (int round = 0; round < ROUNDS; round++) {
                Optional<Ticket> ticket = coordinator.tryUpgrade("192.0.2.7");
                if (ticket.isEmpty()) {
                    wrong.add("no place");
                    return null;
                }
                Wire wire = new Wire();
                Session session = coordinator.open(ticket.get(), wire);
                converse(wire, session);
                session.closed("over");
                session.closed("over, again");
            }
            return null;
        }

        private void converse(Wire wire, Session session) throws InterruptedException, ProtocolException {
            while (true) {
                String text = wire.texts.poll(1, TimeUnit.MILLISECONDS);
                if (text == null) {
                    if (random.nextInt(100) == 0) {
                        return;
                    }
                    continue;
                }
                if (text.isEmpty()) {
                    return;
                }
                ControllerMessage message = Messages.fromController(text);
                if (message instanceof ControllerMessage.Challenge) {
                    voice.received.clear();
                    voice.received.add(message);
                    voice.heldLease = held;
                    session.received(voice.hello().encode());
                } else if (message instanceof ControllerMessage.Welcome) {
                    held = Optional.empty();
                    session.received(new MachineMessage.Ready().encode());
                } else if (message instanceof ControllerMessage.HealthCheck check) {
                    session.received(new MachineMessage.Health(check.sequence(), 0, 0, -1).encode());
                } else if (message instanceof ControllerMessage.Lease lease) {
                    if (!told.add(lease.lease())) {
                        wrong.add(lease + " told twice");
                    }
                    if (!take(lease.lease(), session)) {
                        return;
                    }
                } else if (message instanceof ControllerMessage.Release release) {
                    session.received(new MachineMessage.Released(release.lease(), Optional.empty()).encode());
                    return;
                } else if (message instanceof ControllerMessage.Refused) {
                    return;
                }
            }
        }

        /** @return whether the conversation goes on */
        private boolean take(LeaseId lease, Session session) {
            switch (random.nextInt(8)) {
                case 0:
                    session.received(new MachineMessage.LeaseFailed(lease, "no").encode());
                    return true;
                case 1:
                    session.received(new MachineMessage.Goodbye("stopped").encode());
                    return false;
                case 2:
                    held = Optional.of(lease);
                    return false;
                case 3:
                    return false;
                default:
                    session.received(new MachineMessage.LeaseAccepted(lease).encode());
                    return true;
            }
        }
    }

    /** Checks that it is used by one thread at a time, in order, and never after its end. */
    private final class Wire implements Connection {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final AtomicBoolean inUse = new AtomicBoolean();
        private boolean closed;
        private long lastCheck;

        @Override
        public void send(String json) {
            alone(() -> {
                if (closed) {
                    wrong.add("sent after the end: " + json);
                }
                inOrder(json);
                texts.add(json);
            });
        }

        private void inOrder(String json) {
            try {
                if (Messages.fromController(json) instanceof ControllerMessage.HealthCheck check) {
                    if (check.sequence() <= lastCheck) {
                        wrong.add("out of order: " + json);
                    }
                    lastCheck = check.sequence();
                }
            } catch (ProtocolException e) {
                wrong.add(json);
            }
        }

        @Override
        public void close(String reason) {
            alone(() -> {
                closed = true;
                texts.add("");
            });
        }

        private void alone(Runnable call) {
            if (!inUse.compareAndSet(false, true)) {
                wrong.add("two threads on one connection");
            }
            notWhileLocked(call);
            inUse.set(false);
        }
    }
}
