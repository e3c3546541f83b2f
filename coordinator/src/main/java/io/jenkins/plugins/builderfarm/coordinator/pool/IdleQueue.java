package io.jenkins.plugins.builderfarm.coordinator.pool;

/** The machines of one host type that can be leased, idle longest first; a ring through the machines themselves. */
final class IdleQueue {
    private Machine first;
    private Machine last;
    private int size;

    /** The machine that has been idle longest; null if there is none. */
    Machine first() {
        return first;
    }

    int size() {
        return size;
    }

    boolean contains(Machine machine) {
        return machine.before != null || first == machine;
    }

    void addLast(Machine machine) {
        checkAbsent(machine);
        machine.before = last;
        if (last == null) {
            first = machine;
        } else {
            last.after = machine;
        }
        last = machine;
        size++;
    }

    void addFirst(Machine machine) {
        checkAbsent(machine);
        machine.after = first;
        if (first == null) {
            last = machine;
        } else {
            first.before = machine;
        }
        first = machine;
        size++;
    }

    private void checkAbsent(Machine machine) {
        if (contains(machine)) {
            throw new IllegalStateException(machine + " is idle already");
        }
    }

    /** Without effect if it isn't there. */
    void remove(Machine machine) {
        if (!contains(machine)) {
            return;
        }
        if (machine.before == null) {
            first = machine.after;
        } else {
            machine.before.after = machine.after;
        }
        if (machine.after == null) {
            last = machine.before;
        } else {
            machine.after.before = machine.before;
        }
        machine.before = null;
        machine.after = null;
        size--;
    }
}
