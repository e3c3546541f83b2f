package io.jenkins.plugins.builderfarm.reverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedFacts;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What strangers and machines get from {@code /reverse} over real sockets. */
@WithJenkins
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReverseITest {
    private static final HostTypeName HOST_TYPE = new HostTypeName("host-linux-test");
    private static final HostTypeName OTHER = new HostTypeName("host-linux-other");
    private static final HostTypeName ROTATED = new HostTypeName("host-linux-rotated");
    private static final String MINIMUM = "1.0";

    private static ControllerUrl controller;

    private final LogRecorder log = new LogRecorder();
    private final List<SocketMachine> dialled = new ArrayList<>();

    /** One Jenkins for all: no machine stays connected from one test to the next. */
    @BeforeAll
    static void share(JenkinsRule rule) throws IOException {
        controller = ControllerUrl.parse(rule.getURL().toString());
    }

    @AfterEach
    void hangUp() {
        dialled.forEach(machine -> machine.socket().abort());
        await(() -> Farm.get().snapshot().machines().stream().noneMatch(MachineView::connected));
        log.close();
    }

    @BeforeEach
    void farm() {
        configure(new ReversePool(), false);
        log.record("io.jenkins.plugins.builderfarm.coordinator", Level.INFO).capture(100);
    }

    private static void configure(ReversePool pool, boolean disabled) {
        pool.setSpares(0);
        HostType hostType = new HostType(HOST_TYPE.value(), pool);
        hostType.setMinimumBuildlet(MINIMUM);
        hostType.setDisabled(disabled);
        BuilderFarmConfiguration.get()
                .setHostTypes(List.of(
                        hostType,
                        new HostType(OTHER.value(), new ReversePool()),
                        new HostType(ROTATED.value(), new ReversePool())));
    }

    private SocketMachine dial(HostTypeName claimed, BuilderKey key, String buildlet) {
        return dial(claimed, key, buildlet, controller);
    }

    private SocketMachine dial(HostTypeName claimed, BuilderKey key, String buildlet, ControllerUrl told) {
        SimulatedMachine machine = new SimulatedMachine(
                new MachineId(claimed, new Hostname("board1")),
                key,
                told,
                SimulatedFacts.of(new Version(buildlet)),
                new SecureRandom());
        SocketMachine dialling = new SocketMachine(machine, controller);
        dialled.add(dialling);
        return dialling;
    }

    private static BuilderKey key(HostTypeName hostType) {
        return BuilderKey.derive(BuilderKeys.get().masterKey(), hostType, BuilderKey.FIRST_GENERATION);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    @Test
    void shouldLetAMachineInThatHoldsTheKey() {
        SocketMachine machine = dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
        await(() -> machine.machine().state() == SimulatedMachine.State.WAITING);

        assertThat(Farm.get().snapshot().machines()).singleElement().satisfies(one -> {
            assertThat(one.connected()).isTrue();
            assertThat(one.address()).isEqualTo("127.0.0.1");
        });
        machine.socket().abort();
        await(() -> !Farm.get().snapshot().machines().get(0).connected());
    }

    private enum Stranger {
        HOLDS_ANOTHER_SECRET,
        HOLDS_THE_KEY_OF_ANOTHER_HOST_TYPE,
        HOLDS_A_REVOKED_KEY,
        IS_OF_AN_UNKNOWN_HOST_TYPE,
        IS_OF_A_DISABLED_HOST_TYPE,
        IS_DENIED,
        IS_NOT_PINNED,
        RUNS_AN_OUTDATED_BUILDLET,
        WAS_TOLD_ANOTHER_URL
    }

    private SocketMachine dial(Stranger stranger) {
        return switch (stranger) {
            case HOLDS_ANOTHER_SECRET ->
                dial(
                        HOST_TYPE,
                        BuilderKey.derive(
                                MasterKey.of("another farm's".getBytes(StandardCharsets.UTF_8)), HOST_TYPE, 1),
                        MINIMUM);
            case HOLDS_THE_KEY_OF_ANOTHER_HOST_TYPE -> dial(HOST_TYPE, key(OTHER), MINIMUM);
            case HOLDS_A_REVOKED_KEY -> {
                BuilderKeys.get().revoke(ROTATED, BuilderKey.FIRST_GENERATION);
                yield dial(ROTATED, key(ROTATED), MINIMUM);
            }
            case IS_OF_AN_UNKNOWN_HOST_TYPE -> {
                HostTypeName unknown = new HostTypeName("host-nobody-knows");
                yield dial(unknown, key(unknown), MINIMUM);
            }
            case IS_OF_A_DISABLED_HOST_TYPE -> {
                configure(new ReversePool(), true);
                yield dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
            }
            case IS_DENIED -> {
                ReversePool pool = new ReversePool();
                pool.setDeniedMachines(List.of("board1"));
                configure(pool, false);
                yield dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
            }
            case IS_NOT_PINNED -> {
                ReversePool pool = new ReversePool();
                pool.setPinnedMachines(List.of("board2"));
                configure(pool, false);
                yield dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
            }
            case RUNS_AN_OUTDATED_BUILDLET -> dial(HOST_TYPE, key(HOST_TYPE), "0.9");
            case WAS_TOLD_ANOTHER_URL ->
                dial(HOST_TYPE, key(HOST_TYPE), MINIMUM, ControllerUrl.parse("https://elsewhere.example.org/"));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "HOLDS_ANOTHER_SECRET, WRONG_KEY",
        "HOLDS_THE_KEY_OF_ANOTHER_HOST_TYPE, WRONG_KEY",
        "HOLDS_A_REVOKED_KEY, KEY_REVOKED",
        "IS_OF_AN_UNKNOWN_HOST_TYPE, UNKNOWN_HOST_TYPE",
        "IS_OF_A_DISABLED_HOST_TYPE, HOST_TYPE_DISABLED",
        "IS_DENIED, MACHINE_DENIED",
        "IS_NOT_PINNED, MACHINE_NOT_PINNED",
        "RUNS_AN_OUTDATED_BUILDLET, BUILDLET_TOO_OLD",
        "WAS_TOLD_ANOTHER_URL, WRONG_CONTROLLER"
    })
    void shouldRefuseWithTheReasonForAdministratorsOnly(Stranger stranger, Reason reason) {
        SocketMachine machine = dial(stranger);
        await(machine::isClosed);

        // The answer is the same for all but for a number that says how long to wait.
        assertThat(machine.heard()).hasSize(2);
        JsonObject refused = JsonParser.parseString(machine.heard().get(1)).getAsJsonObject();
        assertThat(refused.keySet()).containsExactlyInAnyOrder("type", "retryMillis");
        assertThat(refused.get("type").getAsString()).isEqualTo("refused");

        Refusal refusal = Farm.get().refusals().get(0);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.machine()).isEqualTo(machine.machine().id().toString());
        assertThat(refusal.address()).isEqualTo("127.0.0.1");
        assertThat(log.getRecords())
                .extracting(LogRecord::getMessage)
                .anyMatch(line -> line.contains(refusal.detail()) && line.contains(refusal.machine()));
    }

    @Test
    void shouldCloseOnFramesThatNoMachineSends() {
        SocketMachine binary = dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
        await(() -> binary.machine().state() == SimulatedMachine.State.WAITING);
        binary.socket().sendBinary(ByteBuffer.wrap(new byte[10]), true).join();
        await(binary::isClosed);

        SocketMachine huge = dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
        await(() -> huge.machine().state() == SimulatedMachine.State.WAITING);
        huge.socket().sendText("x".repeat(70_000), true);
        await(huge::isClosed);

        SocketMachine nonsense = dial(HOST_TYPE, key(HOST_TYPE), MINIMUM);
        await(() -> nonsense.machine().state() == SimulatedMachine.State.WAITING);
        nonsense.socket().sendText("{\"type\":7}", true).join();
        await(nonsense::isClosed);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, reverse, 426",
        "POST, reverse, 403",
        "HEAD, reverse, 405",
        "GET, reverse/, 404",
        "GET, reverse/x, 404"
    })
    void shouldBeNothingButAWebSocket(String method, String path, int status) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(controller.resolve("") + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
    }

    /** Last: its crowd keeps others waiting for a while. */
    @Test
    @Order(Integer.MAX_VALUE)
    void shouldSendACrowdAwayForAWhile() {
        List<WebSocket> silent = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<?> busy = null;
        while (busy == null) {
            try {
                silent.add(client.newWebSocketBuilder()
                        .buildAsync(controller.reverse(), new WebSocket.Listener() {})
                        .join());
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
                busy = ((WebSocketHandshakeException) e.getCause()).getResponse();
            }
        }
        assertThat(silent).hasSizeLessThanOrEqualTo(Bounds.DEFAULT.unproved());
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 30L);

        // Who says nothing is thrown out, and then there is room again.
        await(() -> {
            try {
                return dial(HOST_TYPE, key(HOST_TYPE), MINIMUM) != null;
            } catch (CompletionException e) {
                return false;
            }
        });
    }
}
