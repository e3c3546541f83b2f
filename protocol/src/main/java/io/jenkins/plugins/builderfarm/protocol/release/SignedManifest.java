package io.jenkins.plugins.builderfarm.protocol.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.json.JsonFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A manifest in its signed envelope: DSSE (Dead Simple Signing Envelope, protocol 1.0), so the signature is over the very
 * bytes that are read and no canonical JSON is needed. One envelope can carry several signatures, for the time in which
 * an old signing key gives way to a new one. Stateless.
 */
public final class SignedManifest {
    /** Characters in an envelope at most: some 10,000 releases. */
    public static final int LONGEST = 8 << 20;

    private static final String PAYLOAD_TYPE = "application/vnd.builder-farm.manifest+json";
    private static final int MOST_SIGNATURES = 8;
    private static final int LONGEST_SIGNATURE = 200;
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z._:-]{1,64}");

    private SignedManifest() {}

    /**
     * The envelope's JSON text.
     *
     * @throws IllegalArgumentException if there is no key, more than {@value #MOST_SIGNATURES}, or the manifest has grown
     *     beyond what {@link #verify} takes
     */
    public static String sign(Manifest manifest, Collection<SigningKey> keys) {
        if (keys.isEmpty() || keys.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException(
                    "a manifest is signed by 1 to " + MOST_SIGNATURES + " keys, not by " + keys.size());
        }
        byte[] payload = ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8);
        byte[] message = preAuthenticationEncoding(payload);
        JsonArray signatures = new JsonArray();
        for (SigningKey key : keys) {
            JsonObject signature = new JsonObject();
            signature.addProperty("keyid", key.publicKey().id());
            signature.addProperty("sig", Base64.getEncoder().encodeToString(key.sign(message)));
            signatures.add(signature);
        }
        JsonObject envelope = new JsonObject();
        envelope.addProperty("payloadType", PAYLOAD_TYPE);
        envelope.addProperty("payload", Base64.getEncoder().encodeToString(payload));
        envelope.add("signatures", signatures);
        String text = envelope + "\n";
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("the manifest has grown beyond " + LONGEST + " characters");
        }
        return text;
    }

    /**
     * The manifest, if one of the trusted keys signed it. Nothing in the envelope's payload is looked at before that.
     *
     * @throws ProtocolException if the text isn't an envelope, no trusted key signed it, or the manifest isn't whole
     */
    public static Manifest verify(String envelope, Collection<ReleaseKey> trusted) throws ProtocolException {
        if (envelope.length() > LONGEST) {
            throw new ProtocolException("manifest is longer than " + LONGEST + " characters");
        }
        JsonFields json = JsonFields.parse("manifest", envelope);
        String type = json.text("payloadType", PAYLOAD_TYPE.length() * 2);
        if (!type.equals(PAYLOAD_TYPE)) {
            throw new ProtocolException("manifest: field 'payloadType' is not " + PAYLOAD_TYPE);
        }
        byte[] payload = json.parsed("payload", LONGEST, SignedManifest::base64);
        byte[] message = preAuthenticationEncoding(payload);
        List<String> ids = new ArrayList<>();
        for (JsonFields signature : json.objects("signatures", MOST_SIGNATURES)) {
            // What isn't plainly a key id is not shown: it comes from anybody and goes to a log.
            ids.add(signature
                    .optionalText("keyid", LONGEST_SIGNATURE)
                    .filter(id -> KEY_ID.matcher(id).matches())
                    .orElse("?"));
            byte[] bytes = signature.parsed("sig", LONGEST_SIGNATURE, SignedManifest::base64);
            // The key id is a hint that nobody vouches for, so every trusted key is tried.
            if (trusted.stream().anyMatch(key -> key.verifies(message, bytes))) {
                return ManifestJson.read(new String(payload, StandardCharsets.UTF_8));
            }
        }
        throw new ProtocolException("manifest: no valid signature by a trusted key (signed by " + ids + ", trusted "
                + trusted.stream().map(ReleaseKey::id).toList() + ")");
    }

    /** DSSE leaves the writer the choice between the standard and the URL-safe alphabet. */
    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }

    private static byte[] preAuthenticationEncoding(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ";
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
