package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand idle machines are cheap; what is done to one costs the same as if it were alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScaleTest {
    private static final int MANY = 10_000;
    private static final long MOST_BYTES = 4 << 10;
    private static final BuilderKey KEY = BuilderKey.derive(Farm.MASTER, Farm.MIPS, 1);

    private final Farm farm = new Farm(new Bounds(256, 64, true, 20, 200, 10_000));
    private final List<Member> crowd = new ArrayList<>();
    private long sent;

    private void gather() {
        for (int i = 0; i < MANY; i++) {
            Member member = new Member();
            crowd.add(member);
            member.dialAsBuildletsDo(i);
        }
        assertThat(farm.coordinator.hostType(Farm.MIPS).orElseThrow().count(MachineState.IDLE))
                .isEqualTo(MANY);
    }

    @Test
    void shouldNotLookAtAllMachinesToDoSomethingToOne() {
        gather();
        long scans = farm.coordinator.scans();
        long messages = sent;
        for (int i = 0; i < 100; i++) {
            LeaseId lease = farm.lease(Farm.MIPS).id();
            farm.coordinator.agentOnline(lease);
            farm.coordinator.used(lease);
            farm.coordinator.machine(lease);
            farm.coordinator.hostType(Farm.MIPS);
            farm.coordinator.release(lease);
            crowd.get(i).session.closed("over");
            farm.coordinator.cancel(
                    farm.coordinator.reserve(Farm.MIPS).orElseThrow().id());
            TestMachine late = farm.idle(Farm.MIPS, "late" + i);
            late.drop();
        }
        farm.configure(farm.settings(Farm.RISCV).withExpected(3));
        assertThat(farm.coordinator.scans()).as("only of the other host type").isEqualTo(scans + 1);
        assertThat(sent - messages).as("a lease and a release each").isEqualTo(200);
    }

    @Test
    void shouldLookOnlyAtTimersThatAreDue() {
        gather();
        long scans = farm.coordinator.scans();
        long messages = sent;
        long examined = farm.coordinator.examinedTimers();
        for (int i = 0; i < 60; i++) {
            farm.clock.move(Duration.ofSeconds(1));
            farm.coordinator.tick();
            crowd.forEach(Member::answer);
        }
        assertThat(farm.coordinator.scans()).isEqualTo(scans);
        long checks = sent - messages;
        assertThat(checks).as("a check of each machine every 10 to 15 seconds").isBetween(4L * MANY, 6L * MANY);
        assertThat(farm.coordinator.examinedTimers() - examined).isEqualTo(checks);
        assertThat(farm.coordinator.hostType(Farm.MIPS).orElseThrow().count(MachineState.IDLE))
                .isEqualTo(MANY);
    }

    @Test
    void shouldHoldAnIdleMachineInFourKibibytes() {
        farm.machine(Farm.MIPS, "warm-up").dial();
        long before = usedBytes();
        gather();
        long each = (usedBytes() - before) / MANY;
        System.out.println("heap of an idle machine: " + each + " bytes");
        assertThat(each).isLessThan(MOST_BYTES);
    }

    /** The least of some tries, since what else runs in this JVM leaves garbage. */
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** A machine that remembers as little as can be, so that the coordinator's share is what is measured. */
    private final class Member implements Connection {
        private ControllerMessage last;
        private Session session;

        void dialAsBuildletsDo(int number) {
            session = farm.coordinator.open(
                    farm.coordinator.tryUpgrade("127.0.0.1").orElseThrow(), this);
            MachineId id = MachineId.parse("host-linux-mips64/board-" + number + ".example.org");
            Nonce nonce = Nonce.random(farm.random);
            Nonce challenge = ((ControllerMessage.Challenge) last).nonce();
            Handshake handshake = new Handshake(challenge, nonce, id, 1, Farm.URL, "");
            Facts facts = new Facts(
                    "Linux",
                    "mips64",
                    4,
                    1L << 30,
                    (1L << 34) + number,
                    "17.0.12",
                    new Version("1.0"),
                    Optional.of(new Version("1.1")),
                    Optional.of(farm.clock.instant().minusSeconds(number)),
                    "/home/builder/builder-farm/host-linux-mips64/work");
            session.received(new MachineMessage.Hello(
                            Limits.PROTOCOL_VERSION,
                            id,
                            1,
                            Farm.URL,
                            nonce,
                            handshake.machineProof(KEY),
                            Optional.empty(),
                            facts,
                            List.of())
                    .encode());
            assertThat(last).isInstanceOf(ControllerMessage.Welcome.class);
            last = null;
            session.received(new MachineMessage.Ready().encode());
        }

        void answer() {
            if (last instanceof ControllerMessage.HealthCheck check) {
                last = null;
                session.received(new MachineMessage.Health(check.sequence(), 0, 0, -1).encode());
            }
        }

        @Override
        public void send(String json) {
            try {
                last = Messages.fromController(json);
                sent++;
            } catch (ProtocolException e) {
                throw new AssertionError(json, e);
            }
        }

        @Override
        public void close(String reason) {
            throw new AssertionError("closed: " + reason);
        }
    }
}
