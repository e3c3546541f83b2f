package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;

/**
 * What cryptography says of a hello, and the answer in case it is let in. Always the same work, whether host type and
 * generation exist or not, and done without the lock.
 *
 * @param fits whether the machine holds the key that it claims to hold
 */
record Proof(boolean fits, byte[] controllerProof, AgentJar agent) {
    static Proof of(Hello hello, Nonce nonce, Ports ports) {
        // With the URL that the machine dialled: whether it is one of ours is a question of its own.
        Handshake handshake = hello.handshake(nonce, hello.controller());
        BuilderKey key = BuilderKey.derive(ports.masterKey(), hello.machine().hostType(), hello.generation());
        boolean fits = handshake.isMachineProof(key, hello.proof());
        return new Proof(fits, handshake.controllerProof(key), ports.agentJar().get());
    }
}
