package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Line;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;

/**
 * The other end of a control connection that has proved itself, as the pool sees it: at the door, then inside. All calls
 * are made under the farm's lock.
 */
public interface Applicant {
    /** What it said; of no use any more once {@link #welcome} was called. */
    Hello hello();

    Line line();

    String address();

    /** It is in: sends the welcome. What it says from now on is for {@link Pool#received}. */
    void welcome(Machine machine);

    /** Another machine of its name is connected and alive. */
    void turnAway(String detail);

    /** The pool has let go of the connection and closes it. */
    void dismissed();
}
