package io.jenkins.plugins.builderfarm.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The two checksums that Cloud Storage keeps of an object, in Base64 as the API prints them; CRC-32C is big-endian.
 *
 * @param md5 Base64 of the 16 bytes
 * @param crc32c Base64 of the 4 bytes
 */
record Checksums(String md5, String crc32c) {

    /** Takes bytes as they come; not thread-safe. */
    static final class Calculator {

        private final MessageDigest md5 = newMd5();
        private final CRC32C crc32c = new CRC32C();

        void update(byte[] bytes, int offset, int length) {
            md5.update(bytes, offset, length);
            crc32c.update(bytes, offset, length);
        }

        /** Ends the calculation. */
        Checksums finish() {
            byte[] crc = ByteBuffer.allocate(4).putInt((int) crc32c.getValue()).array();
            return new Checksums(
                    Base64.getEncoder().encodeToString(md5.digest()),
                    Base64.getEncoder().encodeToString(crc));
        }

        /** The API's own md5Hash; nothing is trusted because of it. */
        private static MessageDigest newMd5() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has MD5", e);
            }
        }
    }
}
