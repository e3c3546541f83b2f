package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the pool ought to do, said as simply as possible: plain fields, seconds, walks through everything. It shares no
 * code with the pool but the names of the states.
 */
final class PoolModel {
    static final class Box {
        final MachineId id;
        /** Null: neither connected nor leased. */
        MachineState state;

        TestMachine line;
        TestMachine challenger;
        /** When this line was first asked because of a second one, even if that has left since; -1 if never. */
        long challengedAt = -1;

        boolean done;
        /** False as long as it hasn't dialled in since a restart. */
        boolean known;

        Loan loan;
        LeaseId cleaning;
        long exitAt = -1;
        long builds;
        /** Ever dialled in. */
        boolean seen;

        boolean drained;
        /** Its last word was that it can work. */
        boolean fit;

        Box(MachineId id) {
            this.id = id;
        }
    }

    static final class Loan {
        final LeaseId id;
        final Box box;
        boolean told;
        boolean accepted;
        boolean online;
        boolean used;
        long deadline;

        Loan(LeaseId id, Box box) {
            this.id = id;
            this.box = box;
        }

        MachineState state() {
            if (used) {
                return MachineState.BUSY;
            }
            return online ? MachineState.SPARE : told ? MachineState.STARTING : MachineState.RESERVED;
        }
    }

    final Map<MachineId, Box> boxes = new TreeMap<>();
    final Map<LeaseId, Loan> live = new LinkedHashMap<>();
    final Set<LeaseId> lost = new HashSet<>();
    final Set<LeaseId> everMade = new HashSet<>();
    final Set<HostTypeName> disabled = new HashSet<>();
    /** Idle machines, longest first. */
    final Map<HostTypeName, List<Box>> idle = new HashMap<>();

    long now;

    Box box(MachineId id) {
        return boxes.computeIfAbsent(id, Box::new);
    }

    private List<Box> idle(Box box) {
        return idle.computeIfAbsent(box.id.hostType(), key -> new ArrayList<>());
    }

    private void set(Box box, MachineState state) {
        idle(box).remove(box);
        box.state = state;
        if (state == null) {
            box.line = null;
            box.done = false;
            box.known = false;
            box.cleaning = null;
            box.exitAt = -1;
        }
    }

    private void becomesIdle(Box box, boolean first) {
        if (disabled.contains(box.id.hostType())) {
            set(box, MachineState.LEAVING);
            box.exitAt = now + 60;
            return;
        }
        if (box.drained) {
            set(box, MachineState.SET_ASIDE);
            return;
        }
        set(box, MachineState.IDLE);
        idle(box).add(first ? 0 : idle(box).size(), box);
    }

    /** @return whether the machine is let in or waits at the door */
    boolean dial(TestMachine line) {
        Box box = box(line.id());
        boolean holds = box.loan != null && line.heldLease.equals(Optional.of(box.loan.id));
        if (disabled.contains(box.id.hostType()) && !holds) {
            return false;
        }
        if (box.line == null || box.done || holds) {
            enter(box, line);
            return true;
        }
        box.challenger = null;
        if (box.line.alive) {
            return false;
        }
        box.challenger = line;
        box.challengedAt = box.challengedAt < 0 ? now : box.challengedAt;
        return true;
    }

    private void enter(Box box, TestMachine line) {
        box.challenger = null;
        box.challengedAt = -1;
        box.line = line;
        box.done = false;
        box.known = true;
        box.seen = true;
        box.fit = false;
        box.cleaning = null;
        box.exitAt = -1;
        Loan loan = box.loan;
        if (loan != null && line.heldLease.equals(Optional.of(loan.id))) {
            loan.told = true;
            loan.accepted = true;
            if (!loan.online) {
                loan.deadline = Math.max(loan.deadline, now + 120);
            }
            set(box, loan.state());
            return;
        }
        if (loan != null) {
            lose(loan);
        }
        set(box, MachineState.CONNECTING);
        line.heldLease.ifPresent(held -> clean(box, held));
    }

    private void clean(Box box, LeaseId lease) {
        set(box, MachineState.RELEASING);
        box.cleaning = lease;
        box.exitAt = now + 300;
    }

    void lineLost(Box box) {
        TestMachine next = box.challenger;
        box.challenger = null;
        box.line = null;
        box.exitAt = -1;
        Loan loan = box.loan;
        if (loan != null && !loan.told) {
            lose(loan);
        }
        if (box.loan == null) {
            set(box, null);
        } else if (!loan.online) {
            loan.deadline = now + 60;
        }
        if (next != null) {
            enter(box, next);
        }
    }

    private void forget(Loan loan) {
        live.remove(loan.id);
        loan.box.loan = null;
    }

    private void lose(Loan loan) {
        assertThat(lost.add(loan.id)).isTrue();
        forget(loan);
    }

    private void afterwards(Loan loan) {
        Box box = loan.box;
        if (box.line == null) {
            set(box, null);
        } else if (loan.told) {
            clean(box, loan.id);
        } else {
            becomesIdle(box, true);
        }
    }

    void ready(Box box) {
        if (box.state == MachineState.CONNECTING || box.state == MachineState.SET_ASIDE) {
            box.fit = true;
            becomesIdle(box, false);
        }
    }

    boolean drain(Box box) {
        box.drained |= box.seen;
        if (box.drained && box.state == MachineState.IDLE) {
            set(box, MachineState.SET_ASIDE);
        }
        return box.seen;
    }

    boolean resume(Box box) {
        boolean was = box.drained;
        box.drained = false;
        if (was && box.state == MachineState.SET_ASIDE && box.fit) {
            becomesIdle(box, false);
        }
        return was;
    }

    void setAside(Box box) {
        if (box.state == MachineState.RESERVED
                || box.state == MachineState.CONNECTING
                || box.state == MachineState.IDLE
                || box.state == MachineState.SET_ASIDE) {
            box.fit = false;
        }
        if (box.state == MachineState.RESERVED) {
            lose(box.loan);
            set(box, MachineState.SET_ASIDE);
        } else if (box.state == MachineState.CONNECTING || box.state == MachineState.IDLE) {
            set(box, MachineState.SET_ASIDE);
        }
    }

    void goodbye(Box box) {
        if (box.loan != null) {
            lose(box.loan);
        }
        leaving(box);
    }

    private void leaving(Box box) {
        box.done = true;
        if (box.state != MachineState.RELEASING) {
            set(box, MachineState.LEAVING);
        }
        box.exitAt = now + 60;
    }

    private static boolean isTold(Box box, LeaseId lease) {
        return box.loan != null && box.loan.told && box.loan.id.equals(lease);
    }

    void accepted(Box box, LeaseId lease) {
        if (isTold(box, lease) && !box.loan.accepted) {
            box.loan.accepted = true;
            box.loan.deadline = now + 120;
        }
    }

    void failed(Box box, LeaseId lease) {
        if (isTold(box, lease)) {
            Loan loan = box.loan;
            lose(loan);
            afterwards(loan);
        }
    }

    void released(Box box, LeaseId lease) {
        if (isTold(box, lease)) {
            lose(box.loan);
            leaving(box);
        } else if (lease.equals(box.cleaning)) {
            leaving(box);
        }
    }

    void reserved(LeaseId lease, MachineId machine) {
        assertThat(everMade.add(lease)).as("%s is new", lease).isTrue();
        Box box = box(machine);
        assertThat(box.state).isEqualTo(MachineState.IDLE);
        Loan loan = new Loan(lease, box);
        loan.deadline = now + 30;
        live.put(lease, loan);
        box.loan = loan;
        set(box, MachineState.RESERVED);
    }

    void started(LeaseId lease) {
        Loan loan = live.get(lease);
        loan.told = true;
        loan.deadline = now + 30;
        set(loan.box, loan.state());
    }

    boolean cancelled(LeaseId lease) {
        Loan loan = live.get(lease);
        if (loan == null || loan.used) {
            return false;
        }
        forget(loan);
        afterwards(loan);
        return true;
    }

    void released(LeaseId lease) {
        Loan loan = live.get(lease);
        if (loan != null) {
            forget(loan);
            afterwards(loan);
        }
    }

    void online(LeaseId lease) {
        Loan loan = live.get(lease);
        if (loan != null && loan.told) {
            loan.online = true;
            loan.accepted = true;
            loan.deadline = -1;
            set(loan.box, loan.state());
        }
    }

    void offline(LeaseId lease) {
        Loan loan = live.get(lease);
        if (loan != null && loan.online) {
            loan.online = false;
            loan.deadline = now + (loan.box.line == null ? 60 : 120);
            set(loan.box, loan.state());
        }
    }

    boolean used(LeaseId lease) {
        Loan loan = live.get(lease);
        if (loan == null) {
            return false;
        }
        if (!loan.used) {
            loan.used = true;
            loan.box.builds++;
            set(loan.box, loan.state());
        }
        return true;
    }

    void disable(HostTypeName hostType) {
        disabled.add(hostType);
        for (Box box : boxes.values()) {
            if (box.id.hostType().equals(hostType)) {
                box.challenger = null;
                if (box.state == MachineState.IDLE
                        || box.state == MachineState.SET_ASIDE
                        || box.state == MachineState.CONNECTING) {
                    set(box, MachineState.LEAVING);
                    box.exitAt = now + 60;
                }
            }
        }
    }

    void enable(HostTypeName hostType) {
        disabled.remove(hostType);
        boxes.values().stream()
                .filter(box -> box.id.hostType().equals(hostType))
                .forEach(box -> box.challenger = null);
    }

    void revoke(HostTypeName hostType) {
        for (Box box : boxes.values()) {
            if (box.id.hostType().equals(hostType) && box.state != null) {
                box.challenger = null;
                if (box.known) {
                    if (box.loan != null) {
                        lose(box.loan);
                    }
                    set(box, null);
                }
            }
        }
    }

    /** The controller restarts; only these leases have nodes. */
    void restart(Set<LeaseId> expected) {
        List<Loan> before = new ArrayList<>(live.values());
        live.clear();
        lost.clear();
        boxes.values().forEach(box -> {
            box.loan = null;
            box.challenger = null;
            set(box, null);
        });
        for (Loan loan : before) {
            if (expected.contains(loan.id)) {
                loan.online = false;
                loan.accepted = true;
                loan.deadline = now + 300;
                live.put(loan.id, loan);
                loan.box.loan = loan;
                loan.box.state = loan.state();
            }
        }
    }

    /** Deadlines of this second. */
    void expire() {
        for (Loan loan : List.copyOf(live.values())) {
            if (loan.deadline == now) {
                lose(loan);
                afterwards(loan);
            }
        }
    }
}
