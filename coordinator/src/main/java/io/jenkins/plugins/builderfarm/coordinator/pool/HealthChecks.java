package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage.HealthCheck;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Asks every connected machine from time to time whether it is there. One that takes long is not leased meanwhile; one
 * that does not answer is given up. Guarded by the farm's lock.
 */
final class HealthChecks {
    /** A machine that needs longer isn't leased until it answers. */
    private static final Duration PROMPT = Duration.ofSeconds(5);

    private final Context context;
    private final Machines machines;
    private final BiConsumer<Machine, String> dead;

    HealthChecks(Context context, Machines machines, BiConsumer<Machine, String> dead) {
        this.context = context;
        this.machines = machines;
        this.dead = dead;
    }

    /** The longest time that a healthy machine may hear nothing. */
    static Duration longestPause(Duration usual) {
        return usual.multipliedBy(5).dividedBy(4);
    }

    void begin(Machine machine) {
        machine.unanswered = false;
        machine.asked = context.time().now();
        pause(machine);
    }

    void end(Machine machine) {
        machine.health.cancel();
        machine.unanswered = false;
        machine.suspect = false;
    }

    /** Until the next check: between ten and fifteen seconds if it is twelve, so that machines spread out. */
    private void pause(Machine machine) {
        Duration usual = context.timings().healthCheck();
        long pause = context.between(usual.multipliedBy(5).dividedBy(6), longestPause(usual));
        context.wheel()
                .set(
                        machine.health,
                        Math.max(machine.asked + pause, context.time().now()));
    }

    /** Asks at once, and expects the answer within this time; asking again wins a silent machine no time. */
    void ask(Machine machine, Duration within) {
        long answerBy = context.time().now() + within.toMillis();
        machine.answerBy = machine.unanswered ? Math.min(machine.answerBy, answerBy) : answerBy;
        machine.sequence++;
        machine.asked = context.time().now();
        machine.unanswered = true;
        machine.session.line().send(new HealthCheck(machine.sequence));
        context.wheel().set(machine.health, Math.min(machine.asked + PROMPT.toMillis(), machine.answerBy));
    }

    void due(Machine machine) {
        if (!machine.unanswered) {
            ask(machine, context.timings().healthAnswer());
        } else if (context.time().now() < machine.answerBy) {
            machines.suspect(machine);
            context.wheel().set(machine.health, machine.answerBy);
        } else {
            long seconds = Duration.ofMillis(machine.answerBy - machine.asked).toSeconds();
            dead.accept(machine, "did not answer a health check within " + seconds + " seconds");
        }
    }

    /** @return false if this wasn't the answer that is waited for */
    boolean answered(Machine machine, long sequence) {
        if (!machine.unanswered || sequence != machine.sequence) {
            return false;
        }
        machine.unanswered = false;
        machines.trust(machine);
        pause(machine);
        return true;
    }
}
