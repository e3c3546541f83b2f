package io.jenkins.plugins.builderfarm.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ControllerMessageTest {
    static Stream<ControllerMessage> messages() {
        return Stream.concat(
                Stream.of(
                        new ControllerMessage.Challenge(1, 2, Samples.NONCE),
                        new ControllerMessage.Welcome(1, Samples.PROOF, Samples.AGENT, 60_000),
                        new ControllerMessage.Refused(30_000),
                        new ControllerMessage.Refused(0),
                        new ControllerMessage.HealthCheck(7),
                        new ControllerMessage.Lease(Samples.LEASE, "0123456789abcdef"),
                        new ControllerMessage.Release(Samples.LEASE, true),
                        new ControllerMessage.Release(Samples.LEASE, false)),
                Arrays.stream(DrainReason.values()).map(reason -> new ControllerMessage.Drain(reason, "a note")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadBackWhatItWrote(ControllerMessage message) throws ProtocolException {
        assertThat(Messages.fromController(message.encode())).isEqualTo(message).hasSameHashCodeAs(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldIgnoreFieldsItDoesNotKnow(ControllerMessage message) throws ProtocolException {
        JsonObject json = JsonParser.parseString(message.encode()).getAsJsonObject();
        json.add("fromTheFuture", JsonParser.parseString("{\"a\":[1,{\"b\":null}]}"));
        assertThat(Messages.fromController(json.toString())).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldNameTheFieldThatIsMissingOrIllTyped(ControllerMessage message) {
        List<String> optional = List.of("reboot", "note");
        JsonObject json = JsonParser.parseString(message.encode()).getAsJsonObject();
        for (String field : json.keySet()) {
            if (!optional.contains(field)) {
                JsonObject copy = json.deepCopy();
                copy.remove(field);
                assertRefused(copy.toString(), "field '" + field + "' is missing");
                copy.add(field, JsonNull.INSTANCE);
                assertRefused(copy.toString(), "field '" + field + "' is missing");
            }
            JsonObject copy = json.deepCopy();
            copy.add(field, field.equals("reboot") ? new JsonPrimitive(1) : new JsonPrimitive(true));
            assertRefused(copy.toString(), "field '" + field + "' is n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "challenge, oldest, 0",
        "challenge, newest, 1000001",
        "challenge, nonce, \"AAAA\"",
        "welcome, version, 0",
        "welcome, proof, \"AAAA\"",
        "welcome, agent, []",
        "welcome, silenceMillis, 0",
        "welcome, silenceMillis, 86400001",
        "refused, retryMillis, -1",
        "refused, retryMillis, 86400001",
        "healthCheck, sequence, -1",
        "lease, lease, \"master\"",
        "lease, lease, \"\"",
        "release, lease, 5",
        "release, reboot, \"true\"",
        "drain, reason, 5",
    })
    void shouldRefuseFieldsOutOfBounds(String type, String field, String value) {
        JsonObject json = messages()
                .filter(message -> message.type().equals(type))
                .map(message -> JsonParser.parseString(message.encode()).getAsJsonObject())
                .findFirst()
                .orElseThrow();
        json.add(field, JsonParser.parseString(value));
        assertRefused(json.toString(), "field '" + field + "'");
    }

    @Test
    void shouldRefuseTextsThatAreTooLong() {
        assertRefused(
                "{\"type\":\"lease\",\"lease\":\"" + Samples.LEASE + "\",\"secret\":\"" + "a".repeat(501) + "\"}",
                "field 'secret' is longer than 500 characters");
        assertRefused(
                "{\"type\":\"drain\",\"reason\":\"other\",\"note\":\"" + "a".repeat(1001) + "\"}",
                "field 'note' is longer than 1000 characters");
        assertRefused("{\"type\":\"" + "x".repeat(32_000) + "\"}", "message is longer than 32000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/jnlpJars/agent.jar",
                "//evil.example/agent.jar",
                "https://evil.example/agent.jar",
                "http:agent.jar",
                "../agent.jar",
                "a/../../agent.jar",
                "a/./agent.jar",
                ".agent.jar",
                "a//agent.jar",
                "agent.jar/",
                "a\\agent.jar",
                "agent.jar?x",
                "agent.jar#x",
                "%2e%2e/agent.jar",
                "user@host",
                "agent jar",
                "agënt.jar",
                "agent.jar\n"
            })
    void shouldRefuseAnAgentThatIsElsewhere(String path) {
        assertThatThrownBy(() -> new AgentJar(path, Sha256.of(new byte[0]), 1))
                .hasMessage("the agent's path is not a plain path below the controller's URL");
        JsonObject json = JsonParser.parseString(
                        new ControllerMessage.Welcome(1, Samples.PROOF, Samples.AGENT, 1).encode())
                .getAsJsonObject();
        json.getAsJsonObject("agent").addProperty("path", path);
        assertRefused(json.toString(), "field 'agent': the agent's path");
    }

    @ParameterizedTest
    @CsvSource({"size, 0", "size, -1", "size, 104857601", "sha256, \"abc\"", "sha256, null", "path, 1"})
    void shouldRefuseABadAgent(String field, String value) {
        JsonObject json = JsonParser.parseString(
                        new ControllerMessage.Welcome(1, Samples.PROOF, Samples.AGENT, 1).encode())
                .getAsJsonObject();
        json.getAsJsonObject("agent").add(field, JsonParser.parseString(value));
        assertRefused(json.toString(), "field 'agent." + field + "'");
    }

    @Test
    void shouldRefuseAnAgentOfNoSize() {
        assertThatThrownBy(() -> new AgentJar("a", Sha256.of(new byte[0]), 0)).hasMessageContaining("the agent's size");
    }

    @ParameterizedTest
    @EnumSource(DrainReason.class)
    void shouldWriteEveryReasonInItsOwnWord(DrainReason reason) {
        assertThat(DrainReason.parse(reason.wire())).isEqualTo(reason);
    }

    @Test
    void shouldTolerateReasonsAndKindsOfTheFuture() throws ProtocolException {
        assertThat(Messages.fromController("{\"type\":\"drain\",\"reason\":\"heatDeath\"}"))
                .isEqualTo(new ControllerMessage.Drain(DrainReason.OTHER, ""));
        assertThat(Messages.fromController("{\"type\":\"hello\"}")).isEqualTo(new ControllerMessage.Unknown("hello"));
        assertThat(Messages.fromController("{\"type\":\"x\\u001b[2J\"}"))
                .isEqualTo(new ControllerMessage.Unknown("x [2J"));
    }

    @Test
    void shouldCutItsOwnTexts() throws ProtocolException {
        ControllerMessage drain = new ControllerMessage.Drain(DrainReason.OTHER, "x\n".repeat(10_000));
        assertThat(Messages.fromController(drain.encode())).isEqualTo(drain);
    }

    @Test
    void shouldKeepSecretsOutOfLogs() {
        assertThat(new ControllerMessage.Lease(Samples.LEASE, "s3cret")).hasToString("Lease[" + Samples.LEASE + "]");
        assertThat(new ControllerMessage.Welcome(1, Samples.PROOF, Samples.AGENT, 1).toString())
                .doesNotContain("proof");
    }

    @Test
    void shouldNotShareItsBytes() {
        byte[] proof = new byte[32];
        ControllerMessage.Welcome welcome = new ControllerMessage.Welcome(1, proof, Samples.AGENT, 1);
        proof[0] = 1;
        welcome.proof()[1] = 1;
        assertThat(welcome.proof()).isEqualTo(new byte[32]);
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> Messages.fromController(text))
                .as(text)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message);
    }
}
