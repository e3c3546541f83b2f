package io.jenkins.plugins.builderfarm.protocol.handshake;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** 32 random bytes that one side contributes to a handshake, so that no recorded proof is ever valid again. */
public final class Nonce {
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Nonce(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a nonce has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    public static Nonce random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new Nonce(bytes);
    }

    /** @throws IllegalArgumentException if there aren't exactly {@value #LENGTH} bytes */
    public static Nonce of(byte[] bytes) {
        return new Nonce(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nonce nonce && Arrays.equals(bytes, nonce.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64url without padding, as on the wire. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
