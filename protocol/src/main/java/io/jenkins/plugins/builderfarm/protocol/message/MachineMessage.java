package io.jenkins.plugins.builderfarm.protocol.message;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a machine says to the controller. */
public sealed interface MachineMessage {
    /** The message's JSON text. */
    default String encode() {
        JsonObject json = new JsonObject();
        json.addProperty("type", type());
        write(json);
        return json.toString();
    }

    /** The value of the field {@code type} on the wire. */
    String type();

    /** Adds this message's own fields. */
    void write(JsonObject json);

    /**
     * The machine's first message, in answer to the challenge.
     *
     * @param controller the URL that the machine dialled, as it was told it
     * @param heldLease the lease that it still works on, after its control connection was lost
     * @param notes what its stage0 or buildlet wants people to know: a roll-back, a warning about its key file
     */
    record Hello(
            int version,
            MachineId machine,
            int generation,
            ControllerUrl controller,
            Nonce nonce,
            byte[] proof,
            Optional<LeaseId> heldLease,
            Facts facts,
            List<String> notes)
            implements MachineMessage {
        public Hello {
            proof = proof.clone();
            notes = Limits.notes(notes);
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        /** What this message's proof has to be about, given the controller's part. */
        public Handshake handshake(Nonce controllerNonce, ControllerUrl self) {
            return new Handshake(
                    controllerNonce,
                    nonce,
                    machine,
                    generation,
                    self,
                    heldLease.map(LeaseId::value).orElse(""));
        }

        @Override
        public String type() {
            return "hello";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("version", version);
            json.addProperty("hostType", machine.hostType().value());
            json.addProperty("hostname", machine.hostname().value());
            json.addProperty("generation", generation);
            json.addProperty("controller", controller.toString());
            json.addProperty("nonce", nonce.toString());
            json.addProperty("proof", Base64.getUrlEncoder().withoutPadding().encodeToString(proof));
            heldLease.ifPresent(lease -> json.addProperty("lease", lease.value()));
            json.add("facts", facts.toJson());
            Messages.addTexts(json, "notes", notes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Hello hello && encode().equals(hello.encode());
        }

        @Override
        public int hashCode() {
            return encode().hashCode();
        }

        /** Leaves the proof out, which is of no use to anyone but not for a log either. */
        @Override
        public String toString() {
            return "Hello[" + machine + ", generation " + generation + "]";
        }
    }

    /** The machine passed its preflight and waits for a lease. */
    record Ready() implements MachineMessage {
        @Override
        public String type() {
            return "ready";
        }

        @Override
        public void write(JsonObject json) {}
    }

    /** The machine must get no work for now; it says {@link Ready} once the reasons are gone. */
    record SetAside(List<String> reasons) implements MachineMessage {
        public SetAside {
            reasons = Limits.notes(reasons);
        }

        @Override
        public String type() {
            return "setAside";
        }

        @Override
        public void write(JsonObject json) {
            Messages.addTexts(json, "reasons", reasons);
        }
    }

    /**
     * The answer to a health check.
     *
     * @param disk free bytes where the work directory is
     * @param memory bytes of memory available, 0 if unknown
     * @param load the one-minute load average in hundredths, negative if unknown
     */
    record Health(long sequence, long disk, long memory, int load) implements MachineMessage {
        public Health {
            disk = Math.max(disk, 0);
            memory = Math.max(memory, 0);
            load = Math.max(load, -1);
        }

        @Override
        public String type() {
            return "health";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("sequence", sequence);
            json.addProperty("disk", disk);
            json.addProperty("memory", memory);
            json.addProperty("load", load);
        }
    }

    /** The machine starts the agent for the lease. */
    record LeaseAccepted(LeaseId lease) implements MachineMessage {
        @Override
        public String type() {
            return "leaseAccepted";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("lease", lease.value());
        }
    }

    /** The machine can't start the agent, or the agent ended before its time. */
    record LeaseFailed(LeaseId lease, String reason) implements MachineMessage {
        public LeaseFailed {
            reason = Limits.note(reason);
        }

        @Override
        public String type() {
            return "leaseFailed";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("lease", lease.value());
            json.addProperty("reason", reason);
        }
    }

    /**
     * The agent is stopped and the machine cleaned up; the machine closes the connection after this and comes back.
     *
     * @param problem what could not be cleaned up; empty if all is clean
     */
    record Released(LeaseId lease, Optional<String> problem) implements MachineMessage {
        public Released {
            problem = problem.map(Limits::note);
        }

        @Override
        public String type() {
            return "released";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("lease", lease.value());
            problem.ifPresent(text -> json.addProperty("problem", text));
        }
    }

    /** The machine leaves on purpose: its owner stopped the service, or it makes way for a newer buildlet. */
    record Goodbye(String reason) implements MachineMessage {
        public Goodbye {
            reason = Limits.note(reason);
        }

        @Override
        public String type() {
            return "goodbye";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("reason", reason);
        }
    }

    /** A message of a kind that this version doesn't know: ignored, so that either end may be newer. */
    record Unknown(String type) implements MachineMessage {
        public Unknown {
            type = Limits.line(type, Limits.LONGEST_ID);
        }

        @Override
        public void write(JsonObject json) {}
    }

    /** Length of the proof in bytes. */
    int PROOF_LENGTH = Handshake.PROOF_LENGTH;
}
