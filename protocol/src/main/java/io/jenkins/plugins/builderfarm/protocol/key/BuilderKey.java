package io.jenkins.plugins.builderfarm.protocol.key;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The secret of one host type, of one generation. Its printed form names both and carries a check sum, so that a wrong,
 * cut or mistyped file is told apart on the machine itself:
 *
 * <pre>bfk1:host-linux-riscv64:1:43 characters of base64url:8 hexadecimal digits</pre>
 *
 * <p>Immutable. {@link #toString} leaves the secret out; only {@link #print} shows it.
 */
public final class BuilderKey {
    public static final int FIRST_GENERATION = 1;
    public static final int LAST_GENERATION = 1_000_000;
    private static final String FORM = "bfk1";
    private static final int CHECK_BYTES = 4;

    private final HostTypeName hostType;
    private final int generation;
    private final byte[] secret;

    private BuilderKey(HostTypeName hostType, int generation, byte[] secret) {
        this.hostType = Objects.requireNonNull(hostType, "hostType");
        if (generation < FIRST_GENERATION || generation > LAST_GENERATION) {
            throw new IllegalArgumentException(
                    "generation " + generation + " is not between " + FIRST_GENERATION + " and " + LAST_GENERATION);
        }
        this.generation = generation;
        this.secret = secret.clone();
    }

    /** {@code HMAC-SHA256(master key, "builder-key|" host type "|" generation)}. */
    public static BuilderKey derive(MasterKey master, HostTypeName hostType, int generation) {
        String message = "builder-key|" + hostType + "|" + generation;
        return new BuilderKey(hostType, generation, master.mac(message.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * @throws IllegalArgumentException if the text isn't a whole builder key; the message says what is wrong and never
     *     quotes the text
     */
    public static BuilderKey parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (!parts[0].equals(FORM)) {
            throw new IllegalArgumentException("this is not a builder key: one starts with '" + FORM + ":host-'");
        }
        if (parts.length != 5) {
            throw new IllegalArgumentException("the builder key is not whole: it has " + parts.length
                    + " parts instead of 5; copy it again, on one line");
        }
        HostTypeName hostType = hostType(parts[1]);
        BuilderKey key = new BuilderKey(hostType, generation(parts[2], hostType), secret(parts[3], hostType));
        // The whole of it, since base64 has several spellings of the same bytes.
        byte[] canonical = key.print().getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(canonical, text.strip().getBytes(StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException(
                    "the builder key of " + hostType + " has a character wrong or missing; copy it again");
        }
        return key;
    }

    private static HostTypeName hostType(String text) {
        try {
            return new HostTypeName(text);
        } catch (IllegalArgumentException e) {
            // The name's own message quotes what stands there, which may be the secret out of its place.
            throw new IllegalArgumentException("the builder key names no host type; copy it again");
        }
    }

    private static int generation(String text, HostTypeName hostType) {
        if (!text.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException("the builder key of " + hostType + " names no generation");
        }
        return Integer.parseInt(text);
    }

    private static byte[] secret(String text, HostTypeName hostType) {
        byte[] secret;
        try {
            secret = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes a character of the secret: not passed on.
            secret = new byte[0];
        }
        if (secret.length != KeyMaterial.LENGTH) {
            throw new IllegalArgumentException(
                    "the builder key of " + hostType + " has a secret of the wrong length; copy it again");
        }
        return secret;
    }

    public HostTypeName hostType() {
        return hostType;
    }

    public int generation() {
        return generation;
    }

    /** HMAC-SHA256 of the message under this key: 32 bytes. */
    public byte[] mac(byte[] message) {
        return KeyMaterial.mac(secret, message);
    }

    /** The printed form, which holds the secret: for a key file or an administrator's eyes, nothing else. */
    public String print() {
        return body() + ":" + check();
    }

    private String body() {
        return FORM + ":" + hostType + ":" + generation + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private String check() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, CHECK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuilderKey key
                && hostType.equals(key.hostType)
                && generation == key.generation
                && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hostType, generation, Arrays.hashCode(secret));
    }

    @Override
    public String toString() {
        return "builder key of " + hostType + ", generation " + generation;
    }
}
