package io.jenkins.plugins.builderfarm.protocol.key;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 as the Java platform does it. */
final class KeyMaterial {
    static final int LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private KeyMaterial() {}

    static byte[] mac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
