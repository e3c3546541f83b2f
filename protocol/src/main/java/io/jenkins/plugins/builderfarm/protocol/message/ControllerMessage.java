package io.jenkins.plugins.builderfarm.protocol.message;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import java.util.Arrays;
import java.util.Base64;

/** What the controller says to a machine. */
public sealed interface ControllerMessage {
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
     * The first message on every connection.
     *
     * @param oldest the oldest protocol version that this controller speaks
     * @param newest the newest one
     */
    record Challenge(int oldest, int newest, Nonce nonce) implements ControllerMessage {
        @Override
        public String type() {
            return "challenge";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("oldest", oldest);
            json.addProperty("newest", newest);
            json.addProperty("nonce", nonce.toString());
        }
    }

    /**
     * The machine is in. It must check the proof before it believes anything else on this connection.
     *
     * @param agent the agent program that leases will run
     * @param silenceMillis after how long without any message the machine should take the connection for dead
     */
    record Welcome(int version, byte[] proof, AgentJar agent, long silenceMillis) implements ControllerMessage {
        public Welcome {
            proof = proof.clone();
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        @Override
        public String type() {
            return "welcome";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("version", version);
            json.addProperty("proof", Base64.getUrlEncoder().withoutPadding().encodeToString(proof));
            json.add("agent", agent.toJson());
            json.addProperty("silenceMillis", silenceMillis);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Welcome welcome
                    && version == welcome.version
                    && Arrays.equals(proof, welcome.proof)
                    && agent.equals(welcome.agent)
                    && silenceMillis == welcome.silenceMillis;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(proof);
        }

        @Override
        public String toString() {
            return "Welcome[version " + version + ", " + agent + "]";
        }
    }

    /**
     * The machine is not let in. The same words for every reason: the farm's administrators see which.
     *
     * @param retryMillis how long to wait at least before dialling again
     */
    record Refused(long retryMillis) implements ControllerMessage {
        @Override
        public String type() {
            return "refused";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("retryMillis", retryMillis);
        }
    }

    /** To be answered at once by {@link MachineMessage.Health} with the same sequence number. */
    record HealthCheck(long sequence) implements ControllerMessage {
        @Override
        public String type() {
            return "healthCheck";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("sequence", sequence);
        }
    }

    /**
     * Start the Jenkins agent of this name.
     *
     * @param lease also the name of the Jenkins node
     * @param secret the agent's secret, good for this node only
     */
    record Lease(LeaseId lease, String secret) implements ControllerMessage {
        @Override
        public String type() {
            return "lease";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("lease", lease.value());
            json.addProperty("secret", secret);
        }

        @Override
        public String toString() {
            return "Lease[" + lease + "]";
        }
    }

    /** Stop the agent, clean up, say {@link MachineMessage.Released}, and come back anew; after a reboot if so told. */
    record Release(LeaseId lease, boolean reboot) implements ControllerMessage {
        @Override
        public String type() {
            return "release";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("lease", lease.value());
            json.addProperty("reboot", reboot);
        }
    }

    /** Leave: the machine closes the connection and exits, so that stage0 looks for a newer buildlet. */
    record Drain(DrainReason reason, String note) implements ControllerMessage {
        public Drain {
            note = Limits.note(note);
        }

        @Override
        public String type() {
            return "drain";
        }

        @Override
        public void write(JsonObject json) {
            json.addProperty("reason", reason.wire());
            json.addProperty("note", note);
        }
    }

    /** A message of a kind that this version doesn't know: ignored, so that either end may be newer. */
    record Unknown(String type) implements ControllerMessage {
        public Unknown {
            type = Limits.line(type, Limits.LONGEST_ID);
        }

        @Override
        public void write(JsonObject json) {}
    }
}
