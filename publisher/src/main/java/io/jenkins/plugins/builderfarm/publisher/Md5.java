package io.jenkins.plugins.builderfarm.publisher;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** Cloud Storage's check sum for uploads, against accidents; trust comes from SHA-256 and signatures. Stateless. */
final class Md5 {
    private Md5() {}

    /** As the API writes it. */
    static String base64(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
