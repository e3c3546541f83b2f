package io.jenkins.plugins.builderfarm.protocol.release;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of the key that signs a bucket's manifest, printed as {@code ed25519:} and the base64url of its 32
 * bytes (RFC 8032). No secret.
 */
public final class ReleaseKey {
    private static final String PREFIX = "ed25519:";
    private static final int LENGTH = 32;
    /** What stands before the 32 bytes in the X.509 form (RFC 8410). */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ID_DIGITS = 16;

    private final byte[] raw;
    private final PublicKey key;

    private ReleaseKey(byte[] raw, PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    static ReleaseKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_HEAD.length + LENGTH
                || !Arrays.equals(encoded, 0, X509_HEAD.length, X509_HEAD, 0, X509_HEAD.length)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return new ReleaseKey(Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length), key);
    }

    /** @throws IllegalArgumentException if the text isn't a printed public key; the message says why */
    public static ReleaseKey parse(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a release key starts with '" + PREFIX + "'");
        }
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the release key is not base64url behind '" + PREFIX + "'", e);
        }
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("the release key has " + raw.length + " bytes instead of " + LENGTH);
        }
        byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + LENGTH);
        System.arraycopy(raw, 0, encoded, X509_HEAD.length, LENGTH);
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            // Java looks at the bytes only now; a mistyped key should be noticed before a manifest seems forged.
            Signature.getInstance("Ed25519").initVerify(key);
            return new ReleaseKey(raw, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the release key is not an Ed25519 public key", e);
        }
    }

    /** A short name to tell keys apart by: the first digits of the SHA-256 of the printed form. */
    public String id() {
        return Sha256.of(toString().getBytes(StandardCharsets.US_ASCII)).hex().substring(0, ID_DIGITS);
    }

    /** Whether this key's owner signed the message. */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature that isn't even well-formed.
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReleaseKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** The printed form. */
    @Override
    public String toString() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }
}
