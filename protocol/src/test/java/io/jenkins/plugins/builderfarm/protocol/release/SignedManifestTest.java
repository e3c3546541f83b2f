package io.jenkins.plugins.builderfarm.protocol.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedManifestTest {
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    private static final SigningKey OTHER = SigningKey.generate(new SecureRandom());
    private static final String ENVELOPE = SignedManifest.sign(Manifests.full(), List.of(KEY));

    @Test
    void shouldReadBackWhatWasSigned() throws ProtocolException {
        assertThat(verify(ENVELOPE, KEY)).isEqualTo(Manifests.full());
        assertThat(verify(SignedManifest.sign(Manifests.simple(), List.of(KEY)), KEY))
                .isEqualTo(Manifests.simple());
    }

    @Test
    void shouldTakeAnyTrustedKeysSignature() throws ProtocolException {
        String both = SignedManifest.sign(Manifests.full(), List.of(KEY, OTHER));
        assertThat(verify(both, KEY)).isEqualTo(Manifests.full());
        assertThat(verify(both, OTHER)).isEqualTo(Manifests.full());
        assertThat(SignedManifest.verify(ENVELOPE, List.of(OTHER.publicKey(), KEY.publicKey())))
                .isEqualTo(Manifests.full());
    }

    @Test
    void shouldRefuseAnotherKeysSignature() {
        assertThatThrownBy(() -> verify(ENVELOPE, OTHER))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("manifest: no valid signature by a trusted key (signed by ["
                        + KEY.publicKey().id() + "], trusted ["
                        + OTHER.publicKey().id() + "])");
        assertThatThrownBy(() -> SignedManifest.verify(ENVELOPE, List.of())).hasMessageContaining("no valid signature");
    }

    @Test
    void shouldRefuseASignatureUnderAWrongName() throws ProtocolException {
        JsonObject json = json();
        JsonObject signature = json.getAsJsonArray("signatures").get(0).getAsJsonObject();
        signature.addProperty("keyid", OTHER.publicKey().id());
        assertThat(verify(json.toString(), KEY)).as("the name is a hint").isEqualTo(Manifests.full());
        assertRefused(json.toString(), OTHER, "no valid signature");
        signature.remove("keyid");
        assertThat(verify(json.toString(), KEY)).isEqualTo(Manifests.full());
    }

    @Test
    void shouldNotShowAKeyIdThatIsNone() {
        JsonObject json = json();
        JsonObject signature = json.getAsJsonArray("signatures").get(0).getAsJsonObject();
        signature.addProperty("keyid", "x\nall is well");
        assertRefused(json.toString(), OTHER, "signed by [?]");
    }

    @Test
    void shouldNoticeEveryChangedByteOfThePayload() {
        byte[] payload = Base64.getDecoder().decode(json().get("payload").getAsString());
        for (int i = 0; i < payload.length; i++) {
            byte[] changed = payload.clone();
            changed[i] ^= 1;
            assertRefused(withPayload(changed), KEY, "no valid signature");
        }
        assertRefused(withPayload(new byte[0]), KEY, "no valid signature");
        assertRefused(withPayload(new String(payload, UTF_8).concat(" ").getBytes(UTF_8)), KEY, "no valid signature");
    }

    @Test
    void shouldNotTakeOnePurposesSignatureForAnothers() {
        JsonObject json = json();
        json.addProperty("payloadType", "application/vnd.in-toto+json");
        assertRefused(json.toString(), KEY, "field 'payloadType' is not application/vnd.builder-farm.manifest+json");
        byte[] payload = Base64.getDecoder().decode(json.get("payload").getAsString());
        assertRefused(withSignature(KEY.sign(payload)), KEY, "no valid signature");
    }

    @Test
    void shouldTakeEitherBase64Alphabet() throws ProtocolException {
        JsonObject json = json();
        byte[] payload = Base64.getDecoder().decode(json.get("payload").getAsString());
        json.addProperty("payload", Base64.getUrlEncoder().encodeToString(payload));
        JsonObject signature = json.getAsJsonArray("signatures").get(0).getAsJsonObject();
        signature.addProperty(
                "sig", signature.get("sig").getAsString().replace('+', '-').replace('/', '_'));
        assertThat(verify(json.toString(), KEY)).isEqualTo(Manifests.full());
    }

    @ParameterizedTest
    @ValueSource(strings = {"payloadType", "payload"})
    void shouldNameTheFieldThatIsMissing(String field) {
        JsonObject json = json();
        json.remove(field);
        assertRefused(json.toString(), KEY, "field '" + field + "' is missing");
    }

    @Test
    void shouldRefuseWhatIsNoEnvelope() {
        assertRefused("", KEY, "manifest is not");
        assertRefused("<!DOCTYPE html><html></html>", KEY, "manifest is not valid JSON");
        assertRefused(ENVELOPE.substring(0, ENVELOPE.length() / 2), KEY, "manifest is not valid JSON");
        assertRefused(ENVELOPE + ENVELOPE, KEY, "manifest is not valid JSON");
        assertRefused(" ".repeat(SignedManifest.LONGEST + 1), KEY, "manifest is longer than");
        JsonObject json = json();
        json.add("signatures", new JsonArray());
        assertRefused(json.toString(), KEY, "no valid signature by a trusted key (signed by []");
        JsonObject many = json();
        many.add("signatures", new JsonArray());
        Collections.nCopies(9, new JsonObject()).forEach(many.getAsJsonArray("signatures")::add);
        assertRefused(many.toString(), KEY, "field 'signatures' has more than 8 entries");
        assertRefused(withSignature(new byte[0]), KEY, "no valid signature");
        assertRefused(withSignature(new byte[151]), KEY, "field 'signatures[0].sig' is longer than 200 characters");
    }

    @Test
    void shouldRefuseToSignWithoutAKey() {
        assertThatThrownBy(() -> SignedManifest.sign(Manifests.simple(), List.of()))
                .hasMessage("a manifest is signed by 1 to 8 keys, not by 0");
        assertThatThrownBy(() -> SignedManifest.sign(Manifests.simple(), Collections.nCopies(9, KEY)))
                .hasMessage("a manifest is signed by 1 to 8 keys, not by 9");
    }

    /** What a trusted key signed is still looked at: a mistake of the publisher's must not become the machines'. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\":1 | \"format\":2 | field 'format' is not between 1 and 1",
                "\"serial\":7 | \"serial\":0 | field 'serial' is not between 1",
                "\"serial\":7 | \"serials\":7 | field 'serial' is missing",
                "\"created\":\"2026 | \"created\":\"x2026 | created' is not a time",
                "\"size\":1000000 | \"size\":0 | field 'releases[0].size' is not between",
                "\"minimumJava\":17 | \"minimumJava\":0 | field 'releases[0].minimumJava' is not between 1 and 1000",
                "\"object\":\"buildlet/ | \"object\":\"../ | release 1.3 has a jar outside the manifest's folder",
                "\"version\":\"1.3\" | \"version\":\"v1\" | field 'releases[0].version': version 'v1' is not valid",
                "\"stable\":\"1.3\" | \"stable\":\"9\" | channel stable names release 9, which is not there",
                "\"stable\":\"1.3\" | \"stable\":1 | field 'channels.stable' is not a text",
                "\"host-foo\":{\"channel\":\"canary\"} | \"host-foo\":{} | host-foo must name either a channel or a release",
                "\"host-foo\":{\"channel\" | \"foo\":{\"channel\" | host type 'foo' is not valid",
                "\"percent\":10 | \"percent\":101 | field 'rollouts[0].percent' is not between 0 and 100",
                "\"hostTypes\":[\"host-foo\"] | \"hostTypes\":[\"foo\"] | host type 'foo' is not valid",
                "\"history\":{\"stable\" | \"history\":{\"beta\" | the history names channel beta",
                "\"history\":{\"stable\":[ | \"history\":{\"stable\":[\"v\", | version 'v' is not valid",
            })
    void shouldRefuseASignedManifestThatIsNotWhole(String from, String to, String message) {
        String payload =
                new String(Base64.getDecoder().decode(json().get("payload").getAsString()), UTF_8);
        assertThat(payload).contains(from);
        assertRefused(signed(payload.replace(from, to)), KEY, message);
    }

    @Test
    void shouldIgnoreFieldsOfTheFuture() throws ProtocolException {
        String payload =
                new String(Base64.getDecoder().decode(json().get("payload").getAsString()), UTF_8);
        String newer = payload.replace("\"format\":1", "\"format\":1,\"new\":{\"a\":[]}");
        assertThat(verify(signed(newer), KEY)).isEqualTo(Manifests.full());
    }

    private static Manifest verify(String envelope, SigningKey key) throws ProtocolException {
        return SignedManifest.verify(envelope, List.of(key.publicKey()));
    }

    private static JsonObject json() {
        return JsonParser.parseString(ENVELOPE).getAsJsonObject();
    }

    private static String withPayload(byte[] payload) {
        JsonObject json = json();
        json.addProperty("payload", Base64.getEncoder().encodeToString(payload));
        return json.toString();
    }

    private static String withSignature(byte[] signature) {
        JsonObject json = json();
        json.getAsJsonArray("signatures")
                .get(0)
                .getAsJsonObject()
                .add("sig", new JsonPrimitive(Base64.getEncoder().encodeToString(signature)));
        return json.toString();
    }

    /** DSSE's own words: "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body. */
    private static String signed(String payload) {
        byte[] body = payload.getBytes(UTF_8);
        String message = "DSSEv1 42 application/vnd.builder-farm.manifest+json " + body.length + " " + payload;
        JsonObject json = JsonParser.parseString(withSignature(KEY.sign(message.getBytes(UTF_8))))
                .getAsJsonObject();
        json.addProperty("payload", Base64.getEncoder().encodeToString(body));
        return json.toString();
    }

    private static void assertRefused(String envelope, SigningKey trusted, String message) {
        assertThatThrownBy(() -> verify(envelope, trusted))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message);
    }
}
