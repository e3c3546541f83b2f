package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Context;
import io.jenkins.plugins.builderfarm.coordinator.kernel.Line;
import io.jenkins.plugins.builderfarm.coordinator.pool.Applicant;
import io.jenkins.plugins.builderfarm.coordinator.pool.Machine;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One connection's conversation: the handshake, and after it what the machine says to the pool. Its fields are guarded
 * by the farm's lock; messages are read, and proofs computed, without it.
 */
final class Dialogue implements Session, Applicant {
    private static final Logger LOGGER = Logger.getLogger(Dialogue.class.getName());

    /** How far a conversation is. */
    private enum Phase {
        /** The challenge is out. */
        STRANGER,
        /** Its proof is being looked at. */
        CHECKING,
        /** It has proved itself, and waits for the health of the machine that has its name. */
        WAITING,
        INSIDE,
        ENDED
    }

    private final Context context;
    private final Admission admission;
    private final Line line;
    private final MessageRate rate;
    private final String address;
    private Phase phase = Phase.STRANGER;

    /** Null once it was given back. */
    private Place place;

    /** Null once the machine has answered it. */
    private Nonce nonce;

    /** Null outside of {@link Phase#CHECKING} and {@link Phase#WAITING}. */
    private Hello hello;

    private Proof proof;

    /** Null unless {@link Phase#INSIDE}. */
    private Machine machine;

    Dialogue(Context context, Admission admission, Place place, Line line, Nonce nonce) {
        this.context = context;
        this.admission = admission;
        this.place = place;
        this.address = place.address();
        this.line = line;
        this.nonce = nonce;
        this.rate = new MessageRate(context.bounds().messages());
    }

    /** Under the lock. */
    void begin() {
        if (place.open(this::tooSlow)) {
            line.send(new ControllerMessage.Challenge(Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, nonce));
        } else {
            end();
            line.close("too late");
        }
    }

    @Override
    public void received(String text) {
        if (!context.lock().get(this::mayListen)) {
            return;
        }
        MachineMessage message;
        try {
            message = Messages.fromMachine(text);
        } catch (ProtocolException e) {
            context.lock().run(() -> refuse(Reason.BAD_MESSAGE, e.getMessage()));
            return;
        }
        if (context.lock().get(() -> accept(message))) {
            check((Hello) message);
        }
    }

    private boolean mayListen() {
        if (phase == Phase.ENDED) {
            return false;
        }
        if (rate.exceeds(context.time().now())) {
            refuse(Reason.TOO_MANY_MESSAGES, "more than " + context.bounds().messages() + " messages in ten seconds");
            return false;
        }
        return true;
    }

    /** @return whether it is a hello that has to be checked now */
    private boolean accept(MachineMessage message) {
        switch (phase) {
            case STRANGER:
                if (message instanceof Hello newHello) {
                    hello = newHello;
                    phase = Phase.CHECKING;
                    return true;
                }
                refuse(Reason.BAD_MESSAGE, "it said '" + message.type() + "' instead of hello");
                return false;
            case INSIDE:
                if (message instanceof Hello) {
                    refuse(Reason.BAD_MESSAGE, "it said hello twice");
                } else {
                    admission.pool().received(machine, this, message);
                }
                return false;
            case CHECKING, WAITING:
                refuse(Reason.BAD_MESSAGE, "it said '" + message.type() + "' before it was let in");
                return false;
            default:
                return false;
        }
    }

    private void check(Hello checked) {
        try {
            Proof result = Proof.of(checked, nonce, context.ports());
            context.lock().run(() -> decide(result));
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "could not check the hello of " + checked.machine(), e);
            context.lock().run(() -> {
                end();
                line.close("failed");
            });
        }
    }

    private void decide(Proof result) {
        if (phase != Phase.CHECKING) {
            return;
        }
        Optional<Policy.Verdict> verdict = admission.policy().judge(hello, result.fits());
        if (verdict.isPresent()) {
            refuse(verdict.get().reason(), verdict.get().detail());
            return;
        }
        proof = result;
        phase = Phase.WAITING;
        givePlaceBack();
        admission.pool().admit(this);
    }

    @Override
    public void closed(String why) {
        context.lock().run(() -> {
            Phase last = phase;
            if (last == Phase.WAITING) {
                admission.pool().withdrawn(this);
            } else if (last == Phase.INSIDE) {
                admission.pool().closed(machine, this, why);
            }
            end();
        });
    }

    private void tooSlow() {
        refuse(Reason.TOO_SLOW, "it did not say hello in time");
    }

    /** The same answer for every reason; a machine that is in is dropped without one. */
    private void refuse(Reason reason, String detail) {
        if (phase == Phase.ENDED) {
            return;
        }
        Machine inside = machine;
        String claimed = inside != null
                ? inside.id().toString()
                : hello != null ? hello.machine().toString() : "";
        admission.recorded().add(address, claimed, reason, detail);
        if (inside != null) {
            admission.pool().misbehaved(inside, this, detail);
            return;
        }
        if (phase == Phase.WAITING) {
            admission.pool().withdrawn(this);
        }
        end();
        line.send(new ControllerMessage.Refused(admission.retryMillis()));
        line.close("refused");
    }

    private void end() {
        phase = Phase.ENDED;
        givePlaceBack();
        hello = null;
        proof = null;
        machine = null;
    }

    private void givePlaceBack() {
        if (place != null) {
            place.giveBack();
            place = null;
        }
    }

    @Override
    public Hello hello() {
        return hello;
    }

    @Override
    public Line line() {
        return line;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void welcome(Machine newMachine) {
        line.send(new ControllerMessage.Welcome(
                Limits.PROTOCOL_VERSION, proof.controllerProof(), proof.agent(), admission.silenceMillis()));
        phase = Phase.INSIDE;
        machine = newMachine;
        hello = null;
        proof = null;
        nonce = null;
    }

    @Override
    public void turnAway(String detail) {
        // The pool has let go of this one already, so it need not be withdrawn.
        phase = Phase.CHECKING;
        refuse(Reason.DUPLICATE, detail);
    }

    @Override
    public void dismissed() {
        end();
    }
}
