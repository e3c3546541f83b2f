package io.jenkins.plugins.builderfarm.protocol.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
    private static final MasterKey MASTER = MasterKey.of(new byte[32]);
    private static final MachineId MACHINE = MachineId.parse("host-foo-bar/board3");
    private static final BuilderKey KEY = BuilderKey.derive(MASTER, MACHINE.hostType(), 1);
    private static final ControllerUrl URL = ControllerUrl.parse("farm.example");
    private static final Nonce ZEROS = Nonce.of(new byte[32]);
    private static final Nonce ONES = nonce((byte) 1);
    private static final String LEASE = "host-foo-bar-7f3k9m2q";
    private static final Handshake HANDSHAKE = new Handshake(ZEROS, ONES, MACHINE, 1, URL, LEASE);

    /** Each differs from {@link #HANDSHAKE} in one field. */
    private static final List<Handshake> OTHERS = List.of(
            new Handshake(nonce((byte) 2), ONES, MACHINE, 1, URL, LEASE),
            new Handshake(ZEROS, nonce((byte) 2), MACHINE, 1, URL, LEASE),
            new Handshake(ZEROS, ONES, MachineId.parse("host-foo-baz/board3"), 1, URL, LEASE),
            new Handshake(ZEROS, ONES, MachineId.parse("host-foo-bar/board4"), 1, URL, LEASE),
            new Handshake(ZEROS, ONES, MACHINE, 2, URL, LEASE),
            new Handshake(ZEROS, ONES, MACHINE, 1, ControllerUrl.parse("farm.example/jenkins"), LEASE),
            new Handshake(ZEROS, ONES, MACHINE, 1, URL, "host-foo-bar-7f3k9m2r"),
            new Handshake(ZEROS, ONES, MACHINE, 1, URL, ""),
            // Fields' ends count: what one loses at its end and the next gains at its start is another transcript.
            new Handshake(ZEROS, ONES, MachineId.parse("host-foo-bar1/board3"), 1, URL, LEASE),
            new Handshake(ONES, ZEROS, MACHINE, 1, URL, LEASE));

    @Test
    void shouldProveBothEnds() {
        assertThat(HANDSHAKE.isMachineProof(KEY, HANDSHAKE.machineProof(KEY))).isTrue();
        assertThat(HANDSHAKE.isControllerProof(KEY, HANDSHAKE.controllerProof(KEY)))
                .isTrue();
    }

    @Test
    void shouldNotTakeEitherProofForTheOther() {
        assertThat(HANDSHAKE.isMachineProof(KEY, HANDSHAKE.controllerProof(KEY)))
                .isFalse();
        assertThat(HANDSHAKE.isControllerProof(KEY, HANDSHAKE.machineProof(KEY)))
                .isFalse();
    }

    @Test
    void shouldBreakWithEveryChangedField() {
        Set<String> proofs = new HashSet<>();
        for (Handshake other : OTHERS) {
            assertThat(other.isMachineProof(KEY, HANDSHAKE.machineProof(KEY)))
                    .as(other.toString())
                    .isFalse();
            assertThat(other.isControllerProof(KEY, HANDSHAKE.controllerProof(KEY)))
                    .as(other.toString())
                    .isFalse();
            proofs.add(Arrays.toString(other.machineProof(KEY)));
            proofs.add(Arrays.toString(other.controllerProof(KEY)));
        }
        assertThat(proofs).hasSize(2 * OTHERS.size());
    }

    @Test
    void shouldBreakWithAnotherKey() {
        for (BuilderKey other : List.of(
                BuilderKey.derive(MASTER, MACHINE.hostType(), 2),
                BuilderKey.derive(MASTER, new HostTypeName("host-foo-baz"), 1),
                BuilderKey.derive(MasterKey.of("another".getBytes(UTF_8)), MACHINE.hostType(), 1))) {
            assertThat(HANDSHAKE.isMachineProof(other, HANDSHAKE.machineProof(KEY)))
                    .isFalse();
            assertThat(HANDSHAKE.isControllerProof(other, HANDSHAKE.controllerProof(KEY)))
                    .isFalse();
        }
    }

    @Test
    void shouldBreakWithEveryChangedBitOfAProof() {
        byte[] proof = HANDSHAKE.machineProof(KEY);
        for (int bit = 0; bit < 8 * proof.length; bit++) {
            byte[] changed = proof.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(HANDSHAKE.isMachineProof(KEY, changed)).isFalse();
        }
        assertThat(HANDSHAKE.isMachineProof(KEY, new byte[0])).isFalse();
        assertThat(HANDSHAKE.isMachineProof(KEY, Arrays.copyOf(proof, 31))).isFalse();
        assertThat(HANDSHAKE.isMachineProof(KEY, Arrays.copyOf(proof, 33))).isFalse();
    }

    /** As the Javadoc and the wire protocol's document describe it, written a second time. */
    @Test
    void shouldCoverTheDocumentedTranscript() {
        ByteArrayOutputStream transcript = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {
            "builder-farm v1 machine proof".getBytes(UTF_8),
            ZEROS.bytes(),
            ONES.bytes(),
            "host-foo-bar".getBytes(UTF_8),
            "1".getBytes(UTF_8),
            "board3".getBytes(UTF_8),
            "https://farm.example/".getBytes(UTF_8),
            LEASE.getBytes(UTF_8)
        }) {
            transcript.writeBytes(new byte[] {0, 0, 0, (byte) part.length});
            transcript.writeBytes(part);
        }
        assertThat(HANDSHAKE.machineProof(KEY))
                .hasSize(Handshake.PROOF_LENGTH)
                .isEqualTo(KEY.mac(transcript.toByteArray()));
    }

    @Test
    void shouldMakeNewNoncesEveryTime() {
        SecureRandom random = new SecureRandom();
        Set<Nonce> nonces = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            nonces.add(Nonce.random(random));
        }
        assertThat(nonces).hasSize(100);
        assertThat(ZEROS.toString()).isEqualTo("A".repeat(43));
        assertThatThrownBy(() -> Nonce.of(new byte[31])).hasMessage("a nonce has 32 bytes, not 31");
    }

    @Test
    void shouldNotShareItsBytes() {
        byte[] bytes = new byte[32];
        Nonce nonce = Nonce.of(bytes);
        bytes[0] = 1;
        nonce.bytes()[1] = 1;
        assertThat(nonce).isEqualTo(ZEROS).hasSameHashCodeAs(ZEROS);
    }

    private static Nonce nonce(byte value) {
        byte[] bytes = new byte[Nonce.LENGTH];
        Arrays.fill(bytes, value);
        return Nonce.of(bytes);
    }
}
