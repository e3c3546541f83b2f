package io.jenkins.plugins.builderfarm.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.Timings;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage.Hello;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is let in, and what the others hear. */
class AdmissionTest {
    private static final HostTypeName UNKNOWN = new HostTypeName("host-unknown");

    private final Farm farm = new Farm();

    @Test
    void shouldProveToTheMachineThatItHoldsTheKeyToo() {
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        board.connect();
        Hello hello = board.hello();
        board.say(hello);

        Handshake handshake =
                hello.handshake(board.last(ControllerMessage.Challenge.class).nonce(), Farm.URL);
        ControllerMessage.Welcome welcome = board.last(ControllerMessage.Welcome.class);
        assertThat(handshake.isControllerProof(board.key, welcome.proof())).isTrue();
        assertThat(welcome.version()).isEqualTo(Limits.PROTOCOL_VERSION);
        assertThat(welcome.agent()).isEqualTo(Farm.AGENT);
        assertThat(welcome.silenceMillis()).isEqualTo(45_000);
        assertThat(farm.coordinator.refusals()).isEmpty();
    }

    static Stream<Arguments> refused() {
        Consumer<Farm> nothing = farm -> {};
        Consumer<TestMachine> asIs = machine -> {};
        return Stream.of(
                arguments(Reason.WRONG_KEY, "does not fit generation 1", nothing, (Consumer<TestMachine>)
                        machine -> machine.key = BuilderKey.derive(MasterKey.of(new byte[32]), Farm.MIPS, 1)),
                arguments(Reason.WRONG_KEY, "does not fit generation 1", nothing, (Consumer<TestMachine>)
                        machine -> machine.key = BuilderKey.derive(Farm.MASTER, Farm.RISCV, 1)),
                arguments(Reason.WRONG_KEY, "does not fit generation 2", nothing, (Consumer<TestMachine>)
                        machine -> machine.generation = 2),
                arguments(Reason.KEY_REVOKED, "generation 2 of the key is not valid", nothing, (Consumer<TestMachine>)
                        machine -> {
                            machine.generation = 2;
                            machine.key = BuilderKey.derive(Farm.MASTER, Farm.MIPS, 2);
                        }),
                arguments(
                        Reason.UNKNOWN_HOST_TYPE,
                        "no such host type",
                        (Consumer<Farm>) farm -> farm.unconfigure(Farm.MIPS),
                        asIs),
                arguments(Reason.WRONG_CONTROLLER, "https://other.example.org/", nothing, (Consumer<TestMachine>)
                        machine -> machine.controller = ControllerUrl.parse("https://other.example.org")),
                arguments(Reason.PROTOCOL_VERSION, "version 2", nothing, (Consumer<TestMachine>)
                        machine -> machine.version = 2),
                arguments(Reason.HOST_TYPE_DISABLED, "disabled", change(type -> type.withDisabled(true)), asIs),
                arguments(
                        Reason.MACHINE_DENIED,
                        "denied",
                        change(type -> type.withDenied(Set.of(new Hostname("board3")))),
                        asIs),
                arguments(
                        Reason.MACHINE_NOT_PINNED,
                        "pinned",
                        change(type -> type.withPinned(Set.of(new Hostname("board4")))),
                        asIs),
                arguments(
                        Reason.BUILDLET_TOO_OLD,
                        "buildlet 1.0 is older than 1.1",
                        change(type -> type.withMinimumBuildlet(new Version("1.1"))),
                        asIs));
    }

    private static Consumer<Farm> change(java.util.function.UnaryOperator<HostTypeSettings> change) {
        return farm -> farm.configure(change.apply(farm.settings(Farm.MIPS)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void shouldTellTheReasonToAdministratorsAlone(
            Reason reason, String detail, Consumer<Farm> setUp, Consumer<TestMachine> disguise) {
        setUp.accept(farm);
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        disguise.accept(board);
        board.dial();

        assertThat(board.received).hasSize(2);
        assertThat(board.last(ControllerMessage.Refused.class).retryMillis()).isBetween(20_000L, 40_000L);
        assertThat(board.closed).containsExactly("refused");
        assertThat(farm.lastRefusal().reason()).isEqualTo(reason);
        assertThat(farm.lastRefusal().detail()).contains(detail);
        assertThat(farm.lastRefusal().machine()).isEqualTo("host-linux-mips64/board3");
        assertThat(farm.lastRefusal().address()).isEqualTo("192.0.2.7");
        assertThat(farm.coordinator.snapshot().machines()).isEmpty();
    }

    @Test
    void shouldWorkAsHardForUnknownHostTypesAsForKnownOnes() {
        AtomicInteger macs = new AtomicInteger();
        MasterKey counting = message -> {
            macs.incrementAndGet();
            return Farm.MASTER.mac(message);
        };
        AtomicInteger agents = new AtomicInteger();
        farm.coordinator = new Coordinator(
                new Ports(counting, farm.clock, farm.random, farm.happenings, farm.store, ReleaseFeed.NONE, () -> {
                    agents.incrementAndGet();
                    return Farm.AGENT;
                }),
                Timings.DEFAULT,
                Bounds.DEFAULT);
        farm.configure();

        farm.machine(Farm.MIPS, "board3").dial();
        assertThat(macs.getAndSet(0)).isEqualTo(1);
        assertThat(agents.getAndSet(0)).isEqualTo(1);
        farm.machine(UNKNOWN, "board3").dial();
        assertThat(macs.get()).isEqualTo(1);
        assertThat(agents.get()).isEqualTo(1);
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.UNKNOWN_HOST_TYPE);
    }

    @Test
    void shouldRefuseARecordedHello() {
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        board.connect();
        String recorded = board.hello().encode();
        board.session.received(recorded);
        board.drop();
        board.connect();
        board.session.received(recorded);
        assertThat(farm.lastRefusal().reason()).isEqualTo(Reason.WRONG_KEY);
    }

    @Test
    void shouldLetTwoLiveGenerationsIn() {
        farm.configure(farm.settings(Farm.MIPS).withGenerations(Set.of(1, 2)));
        TestMachine board = farm.machine(Farm.MIPS, "board4");
        board.generation = 2;
        board.key = BuilderKey.derive(Farm.MASTER, Farm.MIPS, 2);
        board.dial();
        assertThat(board.isIn()).isTrue();
        assertThat(farm.find(board.id()).orElseThrow().generation()).isEqualTo(2);
    }

    @Test
    void shouldHearNobodyBeforeItIsConfiguredOrAfterItWasClosed() {
        farm.create();
        assertThat(farm.coordinator.tryUpgrade("192.0.2.7")).isEmpty();
        farm.configure();
        assertThat(farm.coordinator.tryUpgrade("192.0.2.7")).isPresent();
        farm.coordinator.close();
        assertThat(farm.coordinator.tryUpgrade("192.0.2.7")).isEmpty();
        farm.configure();
        assertThat(farm.coordinator.tryUpgrade("192.0.2.7")).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheAgentProgramCannotBeHad() {
        farm.coordinator = new Coordinator(
                new Ports(
                        Farm.MASTER,
                        farm.clock,
                        new SecureRandom(),
                        farm.happenings,
                        farm.store,
                        ReleaseFeed.NONE,
                        () -> {
                            throw new IllegalStateException("not loaded yet");
                        }),
                Timings.DEFAULT,
                new Bounds(1, 1, true, 20, 10, 10));
        farm.coordinator.configure(FarmSettings.of(List.of(HostTypeSettings.of(Farm.MIPS)), Set.of(Farm.URL)));
        TestMachine board = farm.machine(Farm.MIPS, "board3");
        board.dial();
        assertThat(board.closed).containsExactly("failed");
        assertThat(farm.coordinator.tryUpgrade("192.0.2.7")).isPresent();
    }

    @Test
    void shouldTakeAHostnameInAnySpelling() {
        TestMachine board = farm.idle(Farm.MIPS, "Board3");
        farm.configure(farm.settings(Farm.MIPS).withDenied(Set.of(new Hostname("BOARD3"))));
        assertThat(board.isIn()).isFalse();
        assertThat(farm.state(board)).isEqualTo(MachineState.MISSING);
    }
}
