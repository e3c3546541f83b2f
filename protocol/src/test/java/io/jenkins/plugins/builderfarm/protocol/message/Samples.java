package io.jenkins.plugins.builderfarm.protocol.message;

import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values to make messages of. */
final class Samples {
    static final LeaseId LEASE = new LeaseId("host-foo-bar-7f3k9m2q");
    static final byte[] PROOF = new byte[32];
    static final Nonce NONCE = Nonce.of(new byte[32]);
    static final AgentJar AGENT = new AgentJar("jnlpJars/agent.jar", Sha256.of(new byte[0]), 1_400_000);
    static final Facts FACTS = new Facts(
            "Linux",
            "riscv64",
            4,
            8L << 30,
            100L << 30,
            "17.0.15",
            new Version("1.4"),
            Optional.of(new Version("1.0")),
            Optional.of(Instant.parse("2026-11-22T20:00:00Z")),
            "/home/builder/work");
    static final Facts FEW_FACTS =
            new Facts("AIX", "ppc64", 1, 0, 0, "", new Version("1.4"), Optional.empty(), Optional.empty(), "");

    private Samples() {}

    static MachineMessage.Hello hello(Optional<LeaseId> lease, Facts facts, List<String> notes) {
        return new MachineMessage.Hello(
                1,
                MachineId.parse("host-foo-bar/board3"),
                2,
                ControllerUrl.parse("farm.example/jenkins"),
                NONCE,
                PROOF,
                lease,
                facts,
                notes);
    }
}
