package io.jenkins.plugins.builderfarm.protocol.handshake;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * What both ends prove to each other: that they hold the builder key, now (both nonces), for this machine, of this
 * controller. The two proofs carry different purposes, so neither can be sent back as the other; the controller's URL
 * keeps a machine's answer to one controller from being used on another.
 *
 * <p>Each proof is HMAC-SHA256, under the builder key, over the concatenation of these parts, each as its length in
 * bytes (32-bit, big-endian) and the bytes: the purpose, the controller's nonce, the machine's nonce, host type,
 * generation (decimal), hostname, the controller's canonical URL, and the lease that the machine holds (empty if none).
 * Texts are UTF-8.
 */
public record Handshake(
        Nonce controllerNonce,
        Nonce machineNonce,
        MachineId machine,
        int generation,
        ControllerUrl controller,
        String heldLease) {
    public static final int PROOF_LENGTH = 32;
    private static final String MACHINE = "builder-farm v1 machine proof";
    private static final String CONTROLLER = "builder-farm v1 controller proof";

    /** @param heldLease the lease that the machine says it holds, empty if none */
    public Handshake {
        Objects.requireNonNull(controllerNonce, "controllerNonce");
        Objects.requireNonNull(machineNonce, "machineNonce");
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(controller, "controller");
        Objects.requireNonNull(heldLease, "heldLease");
    }

    /** What the machine sends in its hello. */
    public byte[] machineProof(BuilderKey key) {
        return key.mac(transcript(MACHINE));
    }

    /** What the controller sends in its welcome. */
    public byte[] controllerProof(BuilderKey key) {
        return key.mac(transcript(CONTROLLER));
    }

    /** In constant time. */
    public boolean isMachineProof(BuilderKey key, byte[] proof) {
        return MessageDigest.isEqual(machineProof(key), proof);
    }

    /** In constant time. */
    public boolean isControllerProof(BuilderKey key, byte[] proof) {
        return MessageDigest.isEqual(controllerProof(key), proof);
    }

    private byte[] transcript(String purpose) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, purpose.getBytes(StandardCharsets.UTF_8));
        append(out, controllerNonce.bytes());
        append(out, machineNonce.bytes());
        append(out, machine.hostType().value().getBytes(StandardCharsets.UTF_8));
        append(out, Integer.toString(generation).getBytes(StandardCharsets.UTF_8));
        append(out, machine.hostname().value().getBytes(StandardCharsets.UTF_8));
        append(out, controller.toString().getBytes(StandardCharsets.UTF_8));
        append(out, heldLease.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, byte[] part) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        out.writeBytes(part);
    }
}
