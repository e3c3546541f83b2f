package io.jenkins.plugins.builderfarm.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MachineMessageTest {
    static Stream<MachineMessage> messages() {
        return Stream.of(
                Samples.hello(Optional.of(Samples.LEASE), Samples.FACTS, List.of("a note", "another")),
                Samples.hello(Optional.empty(), Samples.FEW_FACTS, List.of()),
                new MachineMessage.Ready(),
                new MachineMessage.SetAside(List.of("no disk", "no memory")),
                new MachineMessage.SetAside(List.of()),
                new MachineMessage.Health(7, 1, 2, 150),
                new MachineMessage.Health(Long.MAX_VALUE, Long.MAX_VALUE, 0, -1),
                new MachineMessage.LeaseAccepted(Samples.LEASE),
                new MachineMessage.LeaseFailed(Samples.LEASE, "agent.jar can't be had: \"404\" <html>"),
                new MachineMessage.Released(Samples.LEASE, Optional.empty()),
                new MachineMessage.Released(Samples.LEASE, Optional.of("a file stayed")),
                new MachineMessage.Goodbye("stopped by its owner"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadBackWhatItWrote(MachineMessage message) throws ProtocolException {
        assertThat(Messages.fromMachine(message.encode())).isEqualTo(message).hasSameHashCodeAs(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldIgnoreFieldsItDoesNotKnow(MachineMessage message) throws ProtocolException {
        JsonObject json = JsonParser.parseString(message.encode()).getAsJsonObject();
        json.add("fromTheFuture", JsonParser.parseString("{\"a\":[1,{\"b\":null}]}"));
        assertThat(Messages.fromMachine(json.toString())).isEqualTo(message);
    }

    /** Each field in turn is taken away, and made an object: neither may get through as a wrong message. */
    @ParameterizedTest
    @MethodSource("messages")
    void shouldNameTheFieldThatIsMissingOrIllTyped(MachineMessage message) throws ProtocolException {
        List<String> optional = List.of("lease", "notes", "reasons", "problem");
        JsonObject json = JsonParser.parseString(message.encode()).getAsJsonObject();
        for (String field : json.keySet()) {
            boolean needed = !optional.contains(field)
                    || field.equals("lease") && !message.type().equals("hello");
            if (needed) {
                assertRefused(without(json, field), "field '" + field + "' is missing");
                assertRefused(with(json, field, JsonNull.INSTANCE), "field '" + field + "' is missing");
            } else {
                assertThat(Messages.fromMachine(without(json, field))).isNotEqualTo(message);
            }
            assertRefused(with(json, field, new JsonPrimitive(true)), "field '" + field + "' is not a");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "version, 0, is not between 1 and 1000000",
        "version, 1.5, is not a whole number",
        "hostType, \"linux\", host type 'linux' is not valid",
        "hostname, \"a b\", hostname 'a b' is not valid",
        "hostname, \"\", hostname is missing",
        "generation, 0, is not between 1 and 1000000",
        "generation, 1000001, is not between 1 and 1000000",
        "controller, \"http://farm.example/\", is plain http",
        "controller, \"\", the controller's URL is missing",
        "nonce, \"AAAA\", has 3 bytes instead of 32",
        "nonce, \"+AAA\", Illegal base64",
        "proof, \"AAAA\", has 3 bytes instead of 32",
        "proof, \"\", has 0 bytes instead of 32",
        "lease, \"master\", not the name of a lease",
        "lease, \"../../x\", not the name of a lease",
        "facts, [], is not an object",
        "notes, [1], is not a text",
        "notes, {}, is not a list",
    })
    void shouldRefuseABadHello(String field, String value, String why) {
        JsonObject json = JsonParser.parseString(Samples.hello(Optional.empty(), Samples.FACTS, List.of())
                        .encode())
                .getAsJsonObject();
        assertRefused(with(json, field, JsonParser.parseString(value)), "field '" + field, why);
    }

    @ParameterizedTest
    @CsvSource({
        "cpus, 0, is not between 1 and 1000000",
        "cpus, \"4\", is not a number",
        "memory, -1, is not between 0",
        "disk, 1e30, is not a whole number",
        "os, null, is missing",
        "java, 17, is not a text",
        "buildlet, \"new\", version 'new' is not valid",
        "stage0, \"\", version is missing",
        "boot, \"yesterday\", is not a time such as",
        "workDir, 1, is not a text",
    })
    void shouldRefuseBadFacts(String field, String value, String why) {
        JsonObject json = JsonParser.parseString(Samples.hello(Optional.empty(), Samples.FACTS, List.of())
                        .encode())
                .getAsJsonObject();
        json.getAsJsonObject("facts").add(field, JsonParser.parseString(value));
        assertRefused(json.toString(), "field 'facts." + field + "'", why);
    }

    @ParameterizedTest
    @CsvSource({
        "sequence, -1",
        "disk, -1",
        "memory, 9223372036854775808",
        "load, -2",
        "load, 2147483648",
        "load, 0.5",
    })
    void shouldRefuseABadHealth(String field, String value) {
        JsonObject json = JsonParser.parseString(new MachineMessage.Health(7, 1, 2, 3).encode())
                .getAsJsonObject();
        assertRefused(with(json, field, JsonParser.parseString(value)), "field '" + field + "' is not");
    }

    @Test
    void shouldRefuseTextsThatAreTooLongOrTooMany() {
        JsonObject json = JsonParser.parseString(new MachineMessage.SetAside(List.of("a")).encode())
                .getAsJsonObject();
        json.getAsJsonArray("reasons").set(0, new JsonPrimitive("a".repeat(1001)));
        assertRefused(json.toString(), "field 'reasons[0]' is longer than 1000 characters");
        json.getAsJsonArray("reasons").set(0, new JsonPrimitive("a"));
        Collections.nCopies(20, "a").forEach(json.getAsJsonArray("reasons")::add);
        assertRefused(json.toString(), "field 'reasons' has more than 20 entries");
        String goodbye = "{\"type\":\"goodbye\",\"reason\":\"" + "a".repeat(1001) + "\"}";
        assertRefused(goodbye, "field 'reason' is longer than 1000 characters");
        assertRefused("{\"type\":\"ready\",\"x\":\"" + "a".repeat(32_000) + "\"}", "message is longer than 32000");
    }

    /** Whatever a program says of itself, the controller reads it. */
    @Test
    void shouldCutItsOwnTexts() throws ProtocolException {
        String endless = "x\n".repeat(10_000);
        Facts facts = new Facts(
                endless,
                endless,
                0,
                -1,
                Long.MIN_VALUE,
                endless,
                new Version("1.4"),
                Optional.empty(),
                Optional.empty(),
                endless);
        for (MachineMessage message : List.of(
                Samples.hello(Optional.empty(), facts, Collections.nCopies(100, endless)),
                new MachineMessage.SetAside(Collections.nCopies(100, endless)),
                new MachineMessage.Health(1, -1, -1, -100),
                new MachineMessage.LeaseFailed(Samples.LEASE, endless),
                new MachineMessage.Released(Samples.LEASE, Optional.of(endless)),
                new MachineMessage.Goodbye(endless))) {
            assertThat(Messages.fromMachine(message.encode())).isEqualTo(message);
        }
    }

    @Test
    void shouldTakeAnUnknownKindForUnknown() throws ProtocolException {
        assertThat(Messages.fromMachine("{\"type\":\"teleport\",\"to\":1}"))
                .isEqualTo(new MachineMessage.Unknown("teleport"));
        assertThat(Messages.fromMachine("{\"type\":\"x\\ny\"}")).isEqualTo(new MachineMessage.Unknown("x y"));
        assertThat(Messages.fromMachine("{\"type\":\"challenge\"}"))
                .as("the controller's to say")
                .isEqualTo(new MachineMessage.Unknown("challenge"));
        assertRefused("{\"type\":\"" + "x".repeat(65) + "\"}", "field 'type' is longer than 64 characters");
    }

    @Test
    void shouldTieTheProofToEverythingTheHelloSays() {
        MachineMessage.Hello hello = Samples.hello(Optional.of(Samples.LEASE), Samples.FACTS, List.of());
        BuilderKey key = BuilderKey.derive(MasterKey.of(new byte[32]), new HostTypeName("host-foo-bar"), 2);
        Handshake handshake = hello.handshake(Samples.NONCE, ControllerUrl.parse("farm.example/jenkins"));
        assertThat(handshake)
                .isEqualTo(new Handshake(
                        Samples.NONCE, hello.nonce(), hello.machine(), 2, hello.controller(), Samples.LEASE.value()));
        assertThat(Samples.hello(Optional.empty(), Samples.FACTS, List.of())
                        .handshake(Samples.NONCE, hello.controller())
                        .isMachineProof(key, handshake.machineProof(key)))
                .isFalse();
    }

    @Test
    void shouldKeepProofsOutOfLogs() {
        assertThat(Samples.hello(Optional.empty(), Samples.FACTS, List.of()))
                .hasToString("Hello[host-foo-bar/board3, generation 2]");
    }

    @ParameterizedTest
    @CsvSource({
        "host-a-7f3k9m2q, true",
        "host-a.b_c-d-7f3k9m2q7f3k9m2q, true",
        "host-a-7f3k9m2, false",
        "host-a-7F3K9M2Q, false",
        "a-7f3k9m2q, false",
        "host-a/b-7f3k9m2q, false"
    })
    void shouldNameLeases(String name, boolean good) {
        if (good) {
            assertThat(new LeaseId(name)).hasToString(name);
        } else {
            assertThatThrownBy(() -> new LeaseId(name)).hasMessage("not the name of a lease");
        }
    }

    private static String without(JsonObject json, String field) {
        JsonObject copy = json.deepCopy();
        copy.remove(field);
        return copy.toString();
    }

    private static String with(JsonObject json, String field, JsonElement value) {
        JsonObject copy = json.deepCopy();
        copy.add(field, value);
        return copy.toString();
    }

    private static void assertRefused(String text, String... messages) {
        assertThatThrownBy(() -> Messages.fromMachine(text))
                .as(text)
                .isInstanceOf(ProtocolException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(messages));
    }
}
