package io.jenkins.plugins.builderfarm.buildlet.control;

import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who this machine is, and how it proves it.
 *
 * @param facts asked at every hello, must be quick
 * @param notes what people should know
 */
public record Introduction(
        ControllerUrl controller,
        MachineId machine,
        BuilderKey key,
        SecureRandom random,
        Supplier<Facts> facts,
        List<String> notes) {
    public Introduction {
        notes = notes.stream().map(Limits::note).limit(Limits.MOST_NOTES).toList();
    }

    /** What to say to a challenge, and what the controller has to prove in turn. */
    Greeting greet(ControllerMessage.Challenge challenge, Optional<LeaseId> heldLease) {
        Nonce nonce = Nonce.random(random);
        Handshake handshake = new Handshake(
                challenge.nonce(),
                nonce,
                machine,
                key.generation(),
                controller,
                heldLease.map(LeaseId::value).orElse(""));
        MachineMessage.Hello hello = new MachineMessage.Hello(
                Limits.PROTOCOL_VERSION,
                machine,
                key.generation(),
                controller,
                nonce,
                handshake.machineProof(key),
                heldLease,
                facts.get(),
                notes);
        return new Greeting(hello, handshake);
    }

    /** Whether the controller holds the same key, now. */
    boolean isProved(Greeting greeting, ControllerMessage.Welcome welcome) {
        return greeting.handshake().isControllerProof(key, welcome.proof());
    }

    record Greeting(MachineMessage.Hello hello, Handshake handshake) {}
}
