package io.jenkins.plugins.builderfarm.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A text sealed with a passphrase: AES-256-GCM under a key that PBKDF2 makes of it. One wrong character, in the passphrase
 * or in the sealed text, and it doesn't open. Stateless.
 */
final class SealedText {
    static final int SHORTEST_PASSPHRASE = 12;

    private static final String HEADER = "builder-farm-master-key:1:";
    private static final int ITERATIONS = 600_000;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedText() {}

    /**
     * @return one line of printable characters
     * @throws IllegalArgumentException if the passphrase is too short
     */
    static String seal(String text, char[] passphrase) {
        if (passphrase.length < SHORTEST_PASSPHRASE) {
            throw new IllegalArgumentException("the passphrase has " + passphrase.length + " characters; at least "
                    + SHORTEST_PASSPHRASE + " are needed, on the first line of the standard input");
        }
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(salt);
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, passphrase, salt, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all = ByteBuffer.allocate(SALT + NONCE + sealed.length);
            all.put(salt).put(nonce).put(sealed);
            return HEADER + Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't encrypt", e);
        }
    }

    /** @throws IllegalArgumentException if it isn't such a text, is damaged, or the passphrase isn't the one */
    static String open(String sealed, char[] passphrase) {
        String text = sealed.strip();
        if (!text.startsWith(HEADER)) {
            throw new IllegalArgumentException(
                    "what follows the passphrase does not begin with " + HEADER + ": it is no exported master key");
        }
        byte[] all = decode(text.substring(HEADER.length()));
        byte[] salt = Arrays.copyOfRange(all, 0, SALT);
        byte[] nonce = Arrays.copyOfRange(all, SALT, SALT + NONCE);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, passphrase, salt, nonce);
            byte[] opened = cipher.doFinal(all, SALT + NONCE, all.length - SALT - NONCE);
            return new String(opened, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the passphrase is not the one of this exported master key, or the export is damaged", e);
        }
    }

    private static byte[] decode(String base64) {
        try {
            byte[] all = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            if (all.length > SALT + NONCE + TAG_BITS / Byte.SIZE) {
                return all;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the exported master key is damaged: it is not Base64", e);
        }
        throw new IllegalArgumentException("the exported master key is damaged: it is too short");
    }

    private static Cipher cipher(int mode, char[] passphrase, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, ITERATIONS, KEY_BITS);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(HEADER.getBytes(StandardCharsets.UTF_8));
            return cipher;
        } finally {
            spec.clearPassword();
        }
    }
}
