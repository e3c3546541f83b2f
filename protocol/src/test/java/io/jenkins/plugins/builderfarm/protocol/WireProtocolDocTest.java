package io.jenkins.plugins.builderfarm.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.message.Messages;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the examples and test vectors of docs/developer/wire-protocol.md against the code. They were computed by another
 * program in another language, so that neither is only compared with itself.
 */
final class WireProtocolDocTest {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- ([a-z: ]+) -->\\n```(?:json)?\\n(.*?)\\n```\\n", Pattern.DOTALL);
    private static final String DOC = read();

    @Test
    void shouldDeriveAndPrintTheBuilderKey() {
        Map<String, String> vector = vectors("vector: builder key").get(0);
        MasterKey master = MasterKey.of(HexFormat.of().parseHex(vector.get("master key")));
        BuilderKey key = BuilderKey.derive(
                master, new HostTypeName(vector.get("host type")), Integer.parseInt(vector.get("generation")));
        assertThat(key.print()).isEqualTo(vector.get("printed"));
        assertThat(BuilderKey.parse(vector.get("printed"))).isEqualTo(key);
        byte[] secret = HexFormat.of().parseHex(vector.get("secret"));
        assertThat(key.mac(new byte[0])).isEqualTo(MasterKey.of(secret).mac(new byte[0]));
    }

    @Test
    void shouldComputeTheProofs() {
        List<Map<String, String>> vectors = vectors("vector: handshake");
        assertThat(vectors).hasSize(2);
        BuilderKey key = BuilderKey.parse(vectors("vector: builder key").get(0).get("printed"));
        for (Map<String, String> vector : vectors) {
            Handshake handshake = new Handshake(
                    nonce(vector.get("controller nonce")),
                    nonce(vector.get("machine nonce")),
                    new MachineId(new HostTypeName(vector.get("host type")), new Hostname(vector.get("hostname"))),
                    Integer.parseInt(vector.get("generation")),
                    ControllerUrl.parse(vector.get("controller")),
                    vector.get("held lease"));
            assertThat(base64(handshake.machineProof(key))).isEqualTo(vector.get("machine proof"));
            assertThat(base64(handshake.controllerProof(key))).isEqualTo(vector.get("controller proof"));
        }
        byte[] transcript =
                HexFormat.of().parseHex(vectors.get(0).get("transcript").replace(" ", ""));
        assertThat(base64(key.mac(transcript))).isEqualTo(vectors.get(0).get("machine proof"));
    }

    @Test
    void shouldShowEveryMessageOfTheMachine() throws ProtocolException {
        List<String> examples = blocks("machine");
        for (String example : examples) {
            MachineMessage message = Messages.fromMachine(example);
            assertThat(JsonParser.parseString(message.encode())).isEqualTo(JsonParser.parseString(example));
        }
        assertThat(examples.stream().map(WireProtocolDocTest::type))
                .containsAll(types(MachineMessage.class))
                .doesNotContain("unknown");
    }

    @Test
    void shouldShowEveryMessageOfTheController() throws ProtocolException {
        List<String> examples = blocks("controller");
        for (String example : examples) {
            ControllerMessage message = Messages.fromController(example);
            assertThat(JsonParser.parseString(message.encode())).isEqualTo(JsonParser.parseString(example));
        }
        assertThat(examples.stream().map(WireProtocolDocTest::type)).containsAll(types(ControllerMessage.class));
    }

    @Test
    void shouldShowAHandshakeThatFits() throws ProtocolException {
        BuilderKey key = BuilderKey.parse(vectors("vector: builder key").get(0).get("printed"));
        var challenge = (ControllerMessage.Challenge) Messages.fromController(example("controller", "challenge"));
        var hello = (MachineMessage.Hello) Messages.fromMachine(example("machine", "hello"));
        var welcome = (ControllerMessage.Welcome) Messages.fromController(example("controller", "welcome"));
        Handshake handshake = hello.handshake(challenge.nonce(), hello.controller());
        assertThat(handshake.isMachineProof(key, hello.proof())).isTrue();
        assertThat(handshake.isControllerProof(key, welcome.proof())).isTrue();
    }

    @Test
    void shouldSignTheManifest() throws ProtocolException {
        SigningKey key = SigningKey.parse(blocks("vector: signing key").get(0));
        assertThat(DOC).contains("`" + key.publicKey().id() + "`");
        String envelope = blocks("vector: envelope").get(0);
        Manifest manifest = SignedManifest.verify(envelope, List.of(key.publicKey()));
        assertThat(SignedManifest.sign(manifest, List.of(key))).isEqualTo(envelope + "\n");
        byte[] payload = Base64.getDecoder()
                .decode(JsonParser.parseString(envelope)
                        .getAsJsonObject()
                        .get("payload")
                        .getAsString());
        assertThat(JsonParser.parseString(new String(payload, US_ASCII)))
                .isEqualTo(JsonParser.parseString(blocks("vector: payload").get(0)));
    }

    @Test
    void shouldSelectReleases() throws ProtocolException {
        SigningKey key = SigningKey.parse(blocks("vector: signing key").get(0));
        Manifest manifest = SignedManifest.verify(blocks("vector: envelope").get(0), List.of(key.publicKey()));
        Map<String, String> selections = vectors("vector: selection").get(0);
        assertThat(selections).hasSize(5);
        selections.forEach((machine, release) ->
                assertThat(manifest.select(MachineId.parse(machine)).version()).hasToString(release));
        vectors("vector: share").get(0).forEach((text, share) -> {
            MachineId machine = MachineId.parse(text.substring(0, text.indexOf('|')));
            Version release = new Version(text.substring(text.indexOf('|') + 1));
            int first = Integer.parseInt(share);
            assertThat(new Rollout("stable", release, first).includes(machine)).isFalse();
            assertThat(new Rollout("stable", release, first + 1).includes(machine))
                    .isTrue();
        });
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "developer", "wire-protocol.md"))
                    .replace("\r\n", "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> blocks(String kind) {
        return BLOCK.matcher(DOC)
                .results()
                .filter(match -> match.group(1).equals(kind))
                .map(match -> match.group(2))
                .toList();
    }

    private static List<Map<String, String>> vectors(String kind) {
        return blocks(kind).stream().map(WireProtocolDocTest::vector).toList();
    }

    private static Map<String, String> vector(String block) {
        Map<String, String> vector = new LinkedHashMap<>();
        Matcher line = Pattern.compile("(?m)^(.+?) *=(?: (.*))?$").matcher(block);
        while (line.find()) {
            vector.put(line.group(1), line.group(2) == null ? "" : line.group(2));
        }
        return vector;
    }

    private static String example(String who, String type) {
        return blocks(who).stream()
                .filter(block -> type(block).equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static String type(String json) {
        return JsonParser.parseString(json).getAsJsonObject().get("type").getAsString();
    }

    /** By the names of the classes, so that a message that is added without being described is noticed. */
    private static List<String> types(Class<?> messages) {
        return Stream.of(messages.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(name -> !name.equals("Unknown"))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .toList();
    }

    private static Nonce nonce(String base64) {
        return Nonce.of(Base64.getUrlDecoder().decode(base64));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
