package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random sequences of everything that can happen to a pool, each step compared with {@link PoolModel}. A failure names
 * its seed; {@code -Dmodel.seed=N} runs that sequence alone, {@code -Dmodel.sequences=N} more of them.
 */
class ModelTest {
    private static final int SEQUENCES = Integer.getInteger("model.sequences", 6_000);
    private static final int STEPS = 80;
    private static final List<HostTypeName> TYPES = List.of(Farm.MIPS, Farm.RISCV);

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void shouldDoAsTheModelDoes() {
        Long only = Long.getLong("model.seed");
        long base = only == null ? new Random().nextLong() : only;
        int sequences = only == null ? SEQUENCES : 1;
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < sequences; i++) {
            Run run = new Run(base + i);
            try {
                run.go();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + (base + i) + ": " + String.join("; ", run.log), e);
            }
            run.seen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        System.out.println("model: " + sequences + " sequences from seed " + base + ": " + seen);
        if (only == null) {
            // What never happened wasn't tested.
            assertThat(seen.keySet())
                    .contains(
                            "dial",
                            "drop",
                            "late close",
                            "reserve",
                            "start",
                            "cancel",
                            "release",
                            "used",
                            "adopted",
                            "came back without",
                            "replaced dead",
                            "duplicate refused",
                            "deadline",
                            "revoke",
                            "drain",
                            "drain again",
                            "resume",
                            "disable",
                            "restart",
                            "health drop",
                            "exit overdue",
                            "refused");
        }
    }

    /** One sequence. */
    private static final class Run {
        private final Random random;
        private final Farm farm;
        private final PoolModel model = new PoolModel();
        private final List<MachineId> ids = new ArrayList<>();
        private final List<TestMachine> lines = new ArrayList<>();
        private final Map<TestMachine, Long> frozenAt = new HashMap<>();
        private final Map<LeaseId, MachineId> made = new HashMap<>();
        private final Map<HostTypeName, Integer> generations = new HashMap<>();
        private final Set<TestMachine> shaky = new HashSet<>();
        final List<String> log = new ArrayList<>();
        final Map<String, Integer> seen = new HashMap<>();

        Run(long seed) {
            random = new Random(seed);
            farm = new Farm(new Bounds(10_000, 10_000, true, 100_000, 10, 100), new Seeded(seed));
            for (HostTypeName type : TYPES) {
                generations.put(type, 1);
                for (int i = 0; i < 3; i++) {
                    ids.add(MachineId.parse(type + "/m" + i));
                }
            }
        }

        private void saw(String what) {
            saw(what, 1);
        }

        private void saw(String what, int times) {
            if (times > 0) {
                seen.merge(what, times, Integer::sum);
            }
        }

        void go() {
            for (int step = 0; step < STEPS; step++) {
                act();
                answerAll();
                compare();
            }
        }

        private void act() {
            int dice = random.nextInt(1_000);
            if (dice < 180) {
                dial();
            } else if (dice < 370) {
                say();
            } else if (dice < 410) {
                drop();
            } else if (dice < 440) {
                freezeOrThaw();
            } else if (dice < 560) {
                reserve();
            } else if (dice < 860) {
                useLease();
            } else if (dice < 885) {
                drainOrResume();
            } else if (dice < 965) {
                pass(random.nextInt(15) == 0 ? 320 : random.nextInt(40));
            } else if (dice < 985 || !model.disabled.isEmpty()) {
                reconfigure();
            } else if (dice < 992) {
                revoke();
            } else {
                restart();
            }
        }

        private <T> Optional<T> any(List<T> from) {
            return from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
        }

        private void dial() {
            MachineId id = any(ids).orElseThrow();
            PoolModel.Box box = model.box(id);
            TestMachine line = farm.machine(id.hostType(), id.hostname().value());
            line.generation = generations.get(id.hostType());
            line.key = BuilderKey.derive(Farm.MASTER, id.hostType(), line.generation);
            if (box.loan != null && box.loan.told && random.nextInt(3) > 0) {
                line.heldLease = Optional.of(box.loan.id);
            } else if (random.nextInt(10) == 0) {
                line.heldLease = any(made.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(id) && !model.live.containsKey(entry.getKey()))
                        .map(Map.Entry::getKey)
                        .sorted(java.util.Comparator.comparing(LeaseId::value))
                        .toList());
            }
            log.add("dial " + id + " holding " + line.heldLease);
            saw("dial");
            boolean leased = box.loan != null;
            boolean disabled = model.disabled.contains(id.hostType());
            boolean in = model.dial(line);
            line.dial();
            answerAll();
            lines.add(line);
            assertThat(line.closed.isEmpty()).as("let in, or waiting").isEqualTo(in);
            saw(in ? "let in" : disabled ? "refused" : "duplicate refused");
            if (in && leased && box.challenger == null) {
                saw(box.loan == null ? "came back without" : "adopted");
            }
        }

        private List<PoolModel.Box> connected() {
            return model.boxes.values().stream().filter(box -> box.line != null).toList();
        }

        /** A machine says something on its connection, or an old connection does. */
        private void say() {
            Optional<PoolModel.Box> maybe = any(connected());
            if (maybe.isEmpty()) {
                return;
            }
            PoolModel.Box box = maybe.get();
            LeaseId lease = random.nextInt(5) > 0 && (box.loan != null || box.cleaning != null)
                    ? box.loan != null ? box.loan.id : box.cleaning
                    : any(made.keySet().stream()
                                    .sorted(java.util.Comparator.comparing(LeaseId::value))
                                    .toList())
                            .orElse(null);
            boolean waiting = box.state == MachineState.CONNECTING || box.state == MachineState.SET_ASIDE;
            int what = waiting && random.nextInt(4) > 0 ? 0 : random.nextInt(lease == null ? 6 : 12);
            MachineMessage message =
                    switch (what) {
                        case 0, 1, 2 -> new MachineMessage.Ready();
                        case 3 -> new MachineMessage.SetAside(List.of("disk full"));
                        case 4 ->
                            random.nextInt(3) == 0
                                    ? new MachineMessage.Goodbye("stopped")
                                    : new MachineMessage.Unknown("later");
                        case 5 -> new MachineMessage.Unknown("later");
                        case 6, 7, 8 -> new MachineMessage.LeaseAccepted(lease);
                        case 9 -> new MachineMessage.LeaseFailed(lease, "no");
                        default -> new MachineMessage.Released(lease, Optional.empty());
                    };
            if (random.nextInt(5) == 0) {
                TestMachine old = any(lines).orElseThrow();
                if (old != box.line && !old.closed.isEmpty()) {
                    log.add("late " + message + " of " + old.id());
                    old.say(message);
                    return;
                }
            }
            log.add(box.id + " says " + message);
            box.line.say(message);
            switch (what) {
                case 0, 1, 2 -> model.ready(box);
                case 3 -> model.setAside(box);
                case 4 -> {
                    if (message instanceof MachineMessage.Goodbye) {
                        model.goodbye(box);
                    }
                }
                case 5 -> {}
                case 6, 7, 8 -> model.accepted(box, lease);
                case 9 -> model.failed(box, lease);
                default -> model.released(box, lease);
            }
        }

        private void drop() {
            if (random.nextInt(3) == 0) {
                // A connection that is gone is closed again, late.
                any(lines.stream().filter(line -> !line.closed.isEmpty()).toList())
                        .ifPresent(line -> {
                            log.add("late close of " + line.id());
                            saw("late close");
                            line.drop();
                        });
                return;
            }
            any(connected()).ifPresent(box -> {
                log.add("drop " + box.id);
                saw("drop");
                TestMachine line = box.line;
                if (box.challenger != null && random.nextInt(3) == 0) {
                    TestMachine second = box.challenger;
                    box.challenger = null;
                    second.drop();
                    second.closed.add("by the test");
                    return;
                }
                model.lineLost(box);
                line.drop();
                line.closed.add("by the test");
            });
        }

        private void freezeOrThaw() {
            any(connected()).ifPresent(box -> {
                TestMachine line = box.line;
                line.alive = !line.alive;
                log.add((line.alive ? "thaw " : "freeze ") + box.id);
                if (line.alive) {
                    TestMachine second = box.challenger;
                    box.challenger = null;
                    box.challengedAt = -1;
                    line.answer();
                    assertThat(second == null || !second.closed.isEmpty()).isTrue();
                } else {
                    frozenAt.put(line, model.now);
                    shaky.add(line);
                }
            });
        }

        private void reserve() {
            HostTypeName type = TYPES.get(random.nextInt(TYPES.size()));
            List<PoolModel.Box> idle = model.idle.getOrDefault(type, List.of());
            boolean sure = idle.stream().noneMatch(box -> shaky.contains(box.line));
            Optional<Lease> lease = farm.coordinator.reserve(type);
            log.add("reserve " + lease.map(Lease::id) + " of " + lease.map(Lease::machine));
            if (lease.isEmpty()) {
                assertThat(idle).as("idle and healthy").allMatch(box -> !box.line.alive);
                return;
            }
            saw("reserve");
            if (sure) {
                assertThat(lease.get().machine()).as("idle longest").isEqualTo(idle.get(0).id);
            }
            made.put(lease.get().id(), lease.get().machine());
            model.reserved(lease.get().id(), lease.get().machine());
        }

        private void useLease() {
            List<LeaseId> known = random.nextInt(6) == 0
                    ? made.keySet().stream()
                            .sorted(java.util.Comparator.comparing(LeaseId::value))
                            .toList()
                    : List.copyOf(model.live.keySet());
            any(known).ifPresent(lease -> {
                int dice = random.nextInt(13);
                log.add("use " + lease + " " + dice);
                PoolModel.Loan loan = model.live.get(lease);
                if (loan != null && !loan.told && random.nextInt(4) > 0 || dice < 2) {
                    if (loan == null || !loan.told) {
                        saw("start");
                        assertThat(farm.coordinator.start(lease, "secret")).isEqualTo(loan != null);
                        if (loan != null) {
                            model.started(lease);
                        }
                    }
                } else if (dice < 6) {
                    model.online(lease);
                    farm.coordinator.agentOnline(lease);
                } else if (dice < 7) {
                    model.offline(lease);
                    farm.coordinator.agentOffline(lease);
                } else if (dice < 9) {
                    saw("used");
                    assertThat(farm.coordinator.used(lease)).isEqualTo(model.used(lease));
                } else if (dice < 11) {
                    saw("cancel");
                    assertThat(farm.coordinator.cancel(lease)).isEqualTo(model.cancelled(lease));
                } else {
                    saw("release");
                    model.released(lease);
                    farm.coordinator.release(lease);
                }
            });
        }

        private void drainOrResume() {
            MachineId id = any(ids).orElseThrow();
            PoolModel.Box box = model.box(id);
            if (random.nextInt(3) > 0 && box.drained) {
                log.add("resume " + id);
                saw("resume");
                assertThat(farm.coordinator.resume(id)).isEqualTo(model.resume(box));
            } else if (random.nextInt(3) == 0) {
                log.add("drain " + id);
                saw(box.drained ? "drain again" : "drain");
                assertThat(farm.coordinator.drain(id, "ada", "a test")).isEqualTo(model.drain(box));
            }
        }

        private void pass(int seconds) {
            log.add("pass " + seconds);
            for (int i = 0; i < seconds; i++) {
                farm.clock.move(Duration.ofSeconds(1));
                farm.coordinator.tick();
                model.now++;
                model.boxes.values().forEach(this::noticeDrop);
                int before = model.lost.size();
                model.expire();
                saw("deadline", model.lost.size() - before);
                answerAll();
                compareLost();
            }
        }

        /** The coordinator may drop a connection for two reasons only, and has to. */
        private void noticeDrop(PoolModel.Box box) {
            TestMachine line = box.line;
            if (line == null) {
                return;
            }
            long frozen = line.alive ? 0 : model.now - frozenAt.get(line);
            if (line.closed.isEmpty()) {
                assertThat(frozen).as("%s is silent for", box.id).isLessThanOrEqualTo(38);
                assertThat(box.exitAt == model.now)
                        .as("%s should have left", box.id)
                        .isFalse();
                return;
            }
            boolean overdue = box.exitAt == model.now;
            boolean challenged = box.challengedAt >= 0 && model.now - box.challengedAt >= 10;
            assertThat(overdue || frozen >= 20 || frozen > 0 && challenged)
                    .as("%s may be dropped, silent for %d", box.id, frozen)
                    .isTrue();
            saw(overdue ? "exit overdue" : "health drop");
            saw(box.challenger != null ? "replaced dead" : "dropped");
            PoolModel.Loan loan = box.loan;
            if (loan != null && loan.deadline == model.now && !farm.coordinator.isLive(loan.id)) {
                // Both in one second, and the deadline came first.
                model.expire();
            }
            model.lineLost(box);
        }

        private void reconfigure() {
            HostTypeName type = model.disabled.isEmpty()
                    ? TYPES.get(random.nextInt(TYPES.size()))
                    : model.disabled.iterator().next();
            boolean disable = !model.disabled.contains(type);
            log.add((disable ? "disable " : "enable ") + type);
            saw("disable");
            farm.configure(farm.settings(type).withDisabled(disable));
            if (disable) {
                model.disable(type);
            } else {
                model.enable(type);
            }
        }

        private void revoke() {
            HostTypeName type = TYPES.get(random.nextInt(TYPES.size()));
            log.add("revoke " + type);
            saw("revoke");
            generations.merge(type, 1, Integer::sum);
            model.revoke(type);
            farm.configure(farm.settings(type).withGenerations(Set.of(generations.get(type))));
        }

        private void restart() {
            Set<LeaseId> nodes = new HashSet<>();
            for (PoolModel.Loan loan : model.live.values()) {
                if (loan.told && random.nextInt(10) > 0) {
                    nodes.add(loan.id);
                }
            }
            log.add("restart with " + nodes);
            saw("restart");
            farm.coordinator.close();
            lines.forEach(line -> {
                if (line.closed.isEmpty()) {
                    line.closed.add("by the restart");
                }
                line.drop();
            });
            farm.create();
            List<PoolModel.Loan> loans = List.copyOf(model.live.values());
            model.restart(nodes);
            for (PoolModel.Loan loan : loans) {
                if (nodes.contains(loan.id)) {
                    farm.coordinator.expect(new ExpectedLease(loan.id, loan.box.id, loan.used));
                }
            }
            farm.configure();
        }

        private void answerAll() {
            for (TestMachine line : lines) {
                if (line.closed.isEmpty()) {
                    line.answer();
                }
            }
            model.boxes.values().forEach(box -> {
                if (box.line != null) {
                    box.line.answer();
                }
            });
        }

        /** The cheap part, every second. */
        private void compareLost() {
            if (!farm.happenings.lost.keySet().equals(model.lost) || !farm.happenings.lostTwice.isEmpty()) {
                throw new AssertionError("lost " + farm.happenings.lost + ", twice " + farm.happenings.lostTwice
                        + ", instead of " + model.lost);
            }
        }

        private void compare() {
            compareLost();
            for (LeaseId lease : made.keySet()) {
                check(farm.coordinator.isLive(lease) == model.live.containsKey(lease), "live: ", lease);
            }
            PoolView view = farm.coordinator.snapshot();
            Map<MachineId, MachineView> machines = new HashMap<>();
            Map<LeaseId, MachineId> leases = new HashMap<>();
            for (MachineView machine : view.machines()) {
                check(machines.put(machine.id(), machine) == null, "twice: ", machine);
                machine.lease().ifPresent(lease -> check(leases.put(lease, machine.id()) == null, "shared: ", lease));
                check(machine.state().isLeased() == machine.lease().isPresent(), "leased: ", machine);
            }
            check(leases.keySet().equals(model.live.keySet()), "leases: ", leases);
            for (MachineId id : ids) {
                PoolModel.Box box = model.box(id);
                MachineView machine = machines.get(id);
                MachineState state = machine == null ? MachineState.MISSING : machine.state();
                check(state == (box.state == null ? MachineState.MISSING : box.state), box.state + ", not ", machine);
                if (machine != null) {
                    check(machine.connected() == (box.line != null), "connected: ", machine);
                    check(machine.record().drained().isPresent() == box.drained, "drained: ", machine);
                    check(machine.record().builds() == box.builds, box.builds + " builds: ", machine);
                }
            }
            for (HostTypeView type : view.hostTypes()) {
                for (MachineState state : MachineState.values()) {
                    int count = 0;
                    for (MachineView machine : view.machines()) {
                        if (machine.state() == state && machine.id().hostType().equals(type.name())) {
                            count++;
                        }
                    }
                    check(type.count(state) == count, "count of " + state + ": ", type);
                }
            }
            Set<LeaseId> told = new HashSet<>();
            for (TestMachine line : lines) {
                for (ControllerMessage message : line.received) {
                    if (message instanceof ControllerMessage.Lease lease) {
                        check(told.add(lease.lease()), "told twice: ", lease);
                        check(line.id().equals(made.get(lease.lease())), "told another machine: ", lease);
                    }
                }
            }
        }

        private static void check(boolean right, String what, Object of) {
            if (!right) {
                throw new AssertionError(what + of);
            }
        }
    }

    /** Gives every sequence the same random numbers each time it runs. */
    private static final class Seeded extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient Random random;

        Seeded(long seed) {
            random = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }
}
