package io.jenkins.plugins.builderfarm.keys;

import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import jenkins.security.HMACConfidentialKey;

/** The master key in Jenkins's store of secrets, which encrypts it and keeps it out of everything else. */
final class MasterKeyStore extends HMACConfidentialKey {
    private static final String ID = "builder-farm master key";
    private static final String FINGERPRINT = "fingerprint of the master key";
    private static final int LENGTH = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    MasterKeyStore() {
        super(ID);
    }

    /** Whether there is a key that can be read; asking for a MAC would silently make a new one if not. */
    boolean isStored() throws IOException {
        return load() != null;
    }

    /** Puts a new random key in the place of any other. This object still has the old one: make another. */
    void replace() throws IOException {
        byte[] key = new byte[LENGTH];
        RANDOM.nextBytes(key);
        replace(key);
    }

    /** As {@link #replace()}, with this key. */
    void replace(byte[] key) throws IOException {
        store(key);
    }

    /** The key itself. */
    byte[] bytes() throws IOException {
        byte[] key = load();
        if (key == null) {
            throw new IOException("there is none in Jenkins's secrets, or it can't be decrypted");
        }
        return key;
    }

    /** Tells one master key from another and says nothing else about it. */
    String fingerprint() {
        return HexFormat.of().formatHex(mac(FINGERPRINT.getBytes(StandardCharsets.UTF_8)));
    }

    /** The {@link #fingerprint()} of a key that isn't stored. */
    static String fingerprint(byte[] key) {
        return HexFormat.of().formatHex(MasterKey.of(key).mac(FINGERPRINT.getBytes(StandardCharsets.UTF_8)));
    }
}
